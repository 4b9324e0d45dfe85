package io.github.camellva.examples.camera;

import org.apache.camel.builder.RouteBuilder;

/** The route of routes/camera.camel.yaml in Java: frames of a camera to an extension, and what it found in them to standard output. */
public class CameraRoute extends RouteBuilder {

    @Override
    public void configure() {
        // a frame that fails is counted; the component logs why sessions end
        errorHandler(noErrorHandler());
        from("lvavideo:{{camera.source}}?graphInstanceName={{camera.name}}&realtime={{camera.realtime}}&maxFrames={{camera.frames}}"
             + "&query={{?camera.query}}&atEnd=stopRoute").routeId("camera")
                // boxes in answers are mapped back to the picture as it was before it was scaled;
                // one thread goes on with the answers (poolSize), so that they keep their order
                .to("lvagrpc:{{camera.extension}}?encoding={{camera.encoding}}&pixelFormat={{camera.pixelFormat}}"
                    + "&width={{camera.width}}&height={{camera.height}}&scaleMode=pad"
                    + "&dataTransfer={{camera.transfer}}&responseTimeout=20000&poolSize=1")
                .transformDataType("lvagrpc:application-json")
                // a frame without findings has no document
                .filter(body().isNotNull())
                    .to("bean:jsonLines")
                .end();
    }
}
