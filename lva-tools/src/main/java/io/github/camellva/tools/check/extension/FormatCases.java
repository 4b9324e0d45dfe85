package io.github.camellva.tools.check.extension;

import java.util.Arrays;
import java.util.List;

import io.github.camellva.proto.Dimensions;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.VideoFrameSampleFormat;
import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import io.github.camellva.proto.VideoFrameSampleFormat.PixelFormat;
import io.github.camellva.tools.check.Format;
import io.grpc.Status;

/** Encodings, pixel formats, strides and sizes. Those that the extension does not serve are skipped. */
final class FormatCases {

    private static final List<Encoding> PICTURES = List.of(Encoding.JPG, Encoding.PNG, Encoding.BMP);
    private static final int PADDING = 16;

    private FormatCases() {
    }

    static void addTo(Catalogue catalogue) {
        addPictures(catalogue);
        addDescriptors(catalogue);
        addPixelFormats(catalogue);
        addStrides(catalogue);
    }

    private static void addPictures(Catalogue catalogue) {
        for (int i = 0; i < PICTURES.size(); i++) {
            Encoding encoding = PICTURES.get(i);
            catalogue.add("EM-2." + (i + 1), "looks at a " + encoding + " picture", extension -> {
                Format format = served(extension, Format.encoded(encoding, extension.format().width(), extension.format().height()));
                expectLookedAt(extension, format, format.frame(1));
            });
        }
        catalogue.add("EM-2.4", "takes pictures of the same session that differ in length", extension -> {
            Format format = firstPicture(extension);
            Conversation node = extension.session().open(extension.descriptor(format));
            for (int i = 0; i < 4; i++) {
                node.sendContent(format.frame(i));
            }
            node.expectAnswers(new Numbers(2, 5));
        });
    }

    private static void addDescriptors(Catalogue catalogue) {
        catalogue.add("FM-1.1", "refuses RAW without a pixel format with INVALID_ARGUMENT", extension -> expectRefused(
                extension, raw(extension).setPixelFormat(PixelFormat.NONE)));
        catalogue.add("FM-2.1", "refuses RAW without dimensions with INVALID_ARGUMENT", extension -> expectRefused(
                extension, raw(extension).clearDimensions()));
        catalogue.add("FM-2.2", "refuses RAW of no rows with INVALID_ARGUMENT", extension -> expectRefused(
                extension, raw(extension).setDimensions(Dimensions.newBuilder().setWidth(64))));
        catalogue.add("FM-2.3", "refuses RAW of no columns with INVALID_ARGUMENT", extension -> expectRefused(
                extension, raw(extension).setDimensions(Dimensions.newBuilder().setHeight(64))));
        catalogue.add("FM-2.4", "looks at a picture whose size is not the one announced, or refuses it", extension -> {
            Format format = firstPicture(extension);
            Conversation node = extension.session().open(extension.descriptor(format));
            Numbers number = node.sendContent(format.withSize(48, 32).frame(1));
            node.settle(number);
            if (node.acknowledgements(number.first()) == 0) {
                node.expectRefusal();
            }
        });
    }

    private static void addPixelFormats(Catalogue catalogue) {
        List<PixelFormat> pixelFormats = Arrays.stream(PixelFormat.values())
                .filter(format -> format != PixelFormat.NONE && format != PixelFormat.UNRECOGNIZED).toList();
        for (int i = 0; i < pixelFormats.size(); i++) {
            PixelFormat pixels = pixelFormats.get(i);
            catalogue.add("FM-3." + (i + 1), "takes RAW " + pixels + " without a stride for packed rows", extension -> {
                Format format = served(extension, raw(extension, pixels));
                expectLookedAt(extension, format, format.frame(1));
            });
        }
        int next = pixelFormats.size() + 1;
        catalogue.add("FM-3." + next, "takes the stride that is packed when it is set, too", extension -> {
            Format packed = anyRaw(extension);
            Format same = packed.withStride(packed.packedStride());
            expectLookedAt(extension, same, same.frame(1));
        });
        catalogue.add("FM-3." + (next + 1), "gives odd columns and rows of YUV420P chroma of their own", extension -> {
            served(extension, raw(extension, PixelFormat.YUV420P));
            Format odd = Format.raw(PixelFormat.YUV420P, 33, 17);
            expectLookedAt(extension, odd, odd.frame(1));
            Conversation node = extension.session().open(extension.descriptor(odd));
            node.expectNotLookedAt(
                    node.sendContent(Arrays.copyOf(odd.frame(1), odd.frameBytes() - 1)), Status.Code.INVALID_ARGUMENT);
        });
    }

    private static void addStrides(Catalogue catalogue) {
        List<PixelFormat> ofEachSize = List.of(PixelFormat.BGR24, PixelFormat.RGBA, PixelFormat.RGB565LE, PixelFormat.YUV420P);
        for (int i = 0; i < ofEachSize.size(); i++) {
            PixelFormat pixels = ofEachSize.get(i);
            catalogue.add("FM-4." + (i + 1), "takes rows of RAW " + pixels + " that are padded, and no fewer bytes", extension -> {
                Format packed = served(extension, raw(extension, pixels));
                Format padded = packed.withStride(packed.packedStride() + PADDING);
                expectLookedAt(extension, padded, padded.frame(1));
                Conversation node = extension.session().open(extension.descriptor(padded));
                node.expectNotLookedAt(node.sendContent(packed.frame(1)), Status.Code.INVALID_ARGUMENT);
            });
        }
        catalogue.add("FM-4.5", "refuses a stride that is shorter than a row with INVALID_ARGUMENT", extension -> {
            Format packed = anyRaw(extension);
            expectRefused(extension, packed.withStride(packed.packedStride() - 1).toMessage());
        });
        catalogue.add("FM-4.6", "refuses a stride of one byte with INVALID_ARGUMENT", extension -> expectRefused(
                extension, anyRaw(extension).withStride(1).toMessage()));
    }

    private static void expectLookedAt(Extension extension, Format format, byte[] frame) {
        Conversation node = extension.session().open(extension.descriptor(format));
        node.sendingMore(() -> node.sendContent(frame)).expectLookedAt(node.sendContent(frame));
    }

    private static void expectRefused(Extension extension, VideoFrameSampleFormat.Builder format) {
        MediaStreamDescriptor.Builder descriptor = extension.descriptor();
        descriptor.getMediaDescriptorBuilder().setVideoFrameSampleFormat(format);
        Conversation node = extension.session();
        node.send(descriptor);
        node.expectRefusal();
    }

    private static VideoFrameSampleFormat.Builder raw(Extension extension) {
        return anyRaw(extension).toMessage();
    }

    private static Format anyRaw(Extension extension) {
        return extension.format().isRaw() ? extension.format() : served(extension, raw(extension, PixelFormat.BGR24));
    }

    private static Format raw(Extension extension, PixelFormat pixels) {
        return Format.raw(pixels, extension.format().width(), extension.format().height());
    }

    private static Format firstPicture(Extension extension) {
        return PICTURES.stream().map(encoding -> Format.encoded(
                encoding, extension.format().width(), extension.format().height()))
                .filter(extension.profile()::serves).findFirst()
                .orElseGet(() -> served(extension, Format.encoded(
                        Encoding.JPG, extension.format().width(), extension.format().height())));
    }

    private static Format served(Extension extension, Format format) {
        return extension.served(format);
    }
}
