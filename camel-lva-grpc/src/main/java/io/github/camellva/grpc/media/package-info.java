/**
 * What a frame is. API, for routes that work on pictures: {@link io.github.camellva.grpc.media.SampleFormat},
 * {@link io.github.camellva.grpc.media.RawPixels}, {@link io.github.camellva.grpc.media.PictureHeader},
 * {@link io.github.camellva.grpc.media.PictureCodec}, {@link io.github.camellva.grpc.media.FramePreparation},
 * {@link io.github.camellva.grpc.media.PreparedFrame}, {@link io.github.camellva.grpc.media.PictureConverter},
 * {@link io.github.camellva.grpc.media.PictureConverters}, {@link io.github.camellva.grpc.media.ScaleMode},
 * {@link io.github.camellva.grpc.media.ScaleTarget}, {@link io.github.camellva.grpc.media.Scaling},
 * {@link io.github.camellva.grpc.media.FormatException} and {@link io.github.camellva.grpc.media.FrameException}. Shared memory is
 * internal: its types may change without notice.
 */
package io.github.camellva.grpc.media;
