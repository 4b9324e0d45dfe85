package io.github.camellva.video.picture;

import java.nio.ByteBuffer;

import io.github.camellva.grpc.media.FrameException;
import io.github.camellva.grpc.media.SampleFormat;
import io.github.camellva.grpc.media.Scaling;
import io.github.camellva.video.picture.Scaler.Job;
import io.github.camellva.video.picture.Scaler.Method;
import io.github.camellva.video.picture.Workspace.Purpose;

/** What becomes of one picture. */
record Conversion(Workspace workspace, ByteBuffer picture, SampleFormat from, Scaling scaling) {

    void toRaw(RawFrame frame) throws FrameException {
        try (Source source = source()) {
            boolean yuv = frame.surface().isYuv();
            if (yuv && needsCanvas(source.surface())) {
                Pixels result = workspace.pixels(Purpose.SCALED, frame.surface().even());
                drawCanvas(source, result);
                frame.store(result, scaling.canvasWidth(), scaling.canvasHeight(), 0, 0);
                return;
            }
            frame.store(scaled(source, frame.surface()), scaling.width(), scaling.height(), scaling.x(), scaling.y());
            if (scaling.pads()) {
                frame.drawBars(scaling);
            }
        }
    }

    ByteBuffer toJpg(int quality) throws FrameException {
        try (Source source = source()) {
            JpgEncoder encoder = workspace.encoder(new JpgEncoder.Settings(scaling.canvasWidth(), scaling.canvasHeight(), quality));
            Pixels pixels = encoder.pixels();
            if (!scaling.pads()) {
                scale(source, pixels);
            } else if (beginsWithChroma()) {
                pixels.blacken();
                pixels.draw(scaled(source, pixels.surface()), scaling.width(), scaling.height(), scaling.x(), scaling.y());
            } else {
                drawCanvas(source, pixels);
            }
            return encoder.encode();
        }
    }

    private Source source() throws FrameException {
        return Source.of(picture, from, scaling, workspace);
    }

    private boolean beginsWithChroma() {
        return scaling.x() % 2 == 0 && scaling.y() % 2 == 0;
    }

    /**
     * Whether YUV comes from pixels that have been scaled already: a chroma sample is the mean of those that it covers. Without
     * them, chroma of a larger picture would be sharper, that of an odd size a little elsewhere, and bars would have none.
     */
    private boolean needsCanvas(Surface source) {
        if (scaling.pads() || !from.isRaw()) {
            return true;
        }
        boolean grows = scaling.width() > source.width() || scaling.height() > source.height();
        return !source.isYuv() && (grows || !source.resized(scaling.width(), scaling.height()).isEven());
    }

    /** Scales the picture on its way to pixels of another format. */
    private void drawCanvas(Source source, Pixels result) {
        Surface surface = Surface.canvas(scaling.canvasWidth(), scaling.canvasHeight());
        Pixels canvas = workspace.pixels(Purpose.CANVAS, surface.resized(result.surface().width(), result.surface().height()));
        if (scaling.pads()) {
            canvas.blacken();
        }
        canvas.draw(scaled(source, surface), scaling.width(), scaling.height(), scaling.x(), scaling.y());
        if (surface.width() < canvas.surface().width()) {
            canvas.repeatColumn(surface.width());
        }
        if (surface.height() < canvas.surface().height()) {
            canvas.repeatRow(surface.height());
        }
        workspace.scaler(new Job(canvas.surface(), result.surface(), Method.EXACT))
                .scale(canvas.frame(), 0, canvas.surface().height(), result.frame());
    }

    /** @return the picture alone in the format of a surface, perhaps with a column and a row that do not belong to it */
    private Pixels scaled(Source source, Surface surface) {
        Surface target = surface.resized(scaling.width(), scaling.height());
        Pixels pixels = workspace.pixels(Purpose.SCALED, keeps(source, target) ? target.even() : target);
        scale(source, pixels);
        return pixels;
    }

    private void scale(Source source, Pixels onto) {
        boolean keeps = keeps(source, onto.surface());
        Surface surface = keeps ? source.surface().even() : source.surface();
        if (from.isRaw()) {
            scaleRaw(source, surface, onto, keeps);
        } else if (isWhole(source) && !onto.surface().isYuv() && surface.hasLessChroma()) {
            scaleBy(surface.withAllChroma(), source, surface, onto);
        } else {
            source.scale(workspace.scaler(new Job(surface, onto.surface(), Method.EXACT)), onto);
        }
    }

    /** Where rows of luma stay what they are, swscale mixes rows of chroma half and half on their way to RGB, but not of planes. */
    private void scaleRaw(Source source, Surface surface, Pixels onto, boolean keeps) {
        boolean mixesChroma = surface.isYuv() && !onto.surface().isYuv() && surface.height() == onto.surface().height();
        if (mixesChroma && !keeps) {
            scaleBy(surface.withAllChroma().resized(onto.surface().width(), onto.surface().height()), source, surface, onto);
        } else {
            source.scale(workspace.scaler(new Job(surface, onto.surface(), keeps ? Method.EXACT_REPEATING_CHROMA : Method.EXACT)), onto);
        }
    }

    private void scaleBy(Surface between, Source source, Surface surface, Pixels onto) {
        Pixels planes = workspace.pixels(Purpose.SCALED, between);
        source.scale(workspace.scaler(new Job(surface, between, Method.EXACT)), planes);
        workspace.scaler(new Job(between, onto.surface(), Method.EXACT)).scale(planes.frame(), 0, between.height(), onto.frame());
    }

    /** Whether a JPG was not decoded at a fraction of its size. */
    private boolean isWhole(Source source) {
        return source.surface().width() == from.width() && source.surface().height() == from.height();
    }

    private boolean keeps(Source source, Surface target) {
        return !target.isYuv() && source.surface().resized(scaling.width(), scaling.height()).equals(source.surface());
    }
}
