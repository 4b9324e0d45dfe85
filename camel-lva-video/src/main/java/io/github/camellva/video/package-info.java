/** The component {@code lvavideo}: frames of cameras, videos and pictures in Camel routes. */
package io.github.camellva.video;
