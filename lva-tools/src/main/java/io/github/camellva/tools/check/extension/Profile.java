package io.github.camellva.tools.check.extension;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import io.github.camellva.proto.VideoFrameSampleFormat.PixelFormat;
import io.github.camellva.tools.check.Format;

/**
 * How the extension works, as far as that is no question of right and wrong.
 *
 * @param format   that it serves and this run uses
 * @param refusals how sessions of the other formats ended
 * @param answers  when they come
 */
record Profile(Format format, Map<Format, String> refusals, Answers answers) {

    /** All that the protocol has, in the order in which they are tried; an extension that serves nothing else serves one of them. */
    static List<Format> formats(Format like) {
        return Stream.concat(
                Stream.of(
                        PixelFormat.BGR24, PixelFormat.RGB24, PixelFormat.RGBA, PixelFormat.BGRA, PixelFormat.ARGB, PixelFormat.ABGR,
                        PixelFormat.YUV420P, PixelFormat.RGB565BE, PixelFormat.RGB565LE, PixelFormat.RGB555BE, PixelFormat.RGB555LE)
                        .map(pixels -> Format.raw(pixels, like.width(), like.height())),
                Stream.of(Encoding.JPG, Encoding.PNG, Encoding.BMP)
                        .map(encoding -> Format.encoded(encoding, like.width(), like.height())))
                .toList();
    }

    boolean serves(Format other) {
        return !refusals.containsKey(other);
    }

    /** How many more samples must come before one is answered. */
    int lag() {
        return answers.lag();
    }

    String served() {
        return formats(format).stream().filter(this::serves).map(Profile::name).collect(Collectors.joining(", "));
    }

    private static String name(Format format) {
        return format.isRaw() ? format.encoding() + "/" + format.pixelFormat() : format.encoding().name();
    }

    /**
     * When answers come.
     *
     * @param lag     how many more samples must come before a sample is answered; 0 if it is answered at once
     * @param batches whether answers come together, each time after {@code lag + 1} samples
     * @param ever    false if none came, whatever was sent
     */
    record Answers(int lag, boolean batches, boolean ever) {

        static final Answers AT_ONCE = new Answers(0, false, true);
        static final Answers NEVER = new Answers(0, false, false);

        @Override
        public String toString() {
            if (!ever) {
                return "never came";
            }
            if (lag == 0) {
                return "at once, each when its sample has come";
            }
            return batches
                    ? "in batches, each time when " + (lag + 1) + " samples have come"
                    : "late, each when " + (lag == 1 ? "the next sample has" : lag + " more samples have") + " come";
        }
    }
}
