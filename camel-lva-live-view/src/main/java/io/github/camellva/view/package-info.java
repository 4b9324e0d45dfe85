/** The component {@code lvaview}: a web page that shows cameras. API are the component, its options and {@link CameraAccess}. */
package io.github.camellva.view;
