package io.github.camellva.grpc.peers;

import java.nio.file.Path;
import java.util.function.Function;

/** The extension servers that people run. */
public enum Published {

    MICROSOFT_CSHARP(CSharpServer::new),
    MICROSOFT_YOLO(YoloServer::new),
    NVIDIA_DEEPSTREAM(DeepStreamServer::new),
    INTEL_UP_TO_06(Intel06Server::new),
    INTEL_07(Intel07Server::new);

    private final Function<Path, PublishedServer> maker;

    Published(Function<Path, PublishedServer> maker) {
        this.maker = maker;
    }

    /**
     * A server, not yet started.
     *
     * @param sharedMemoryDirectory where it looks up handles
     */
    public PublishedServer in(Path sharedMemoryDirectory) {
        return maker.apply(sharedMemoryDirectory);
    }
}
