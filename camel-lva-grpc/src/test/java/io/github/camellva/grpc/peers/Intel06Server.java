package io.github.camellva.grpc.peers;

import java.nio.file.Path;

/** Intel's DL Streamer up to 0.6: a reply comes only when a later request arrives, the last ones at the end of the stream. */
public final class Intel06Server extends IntelServer {

    public Intel06Server(Path sharedMemoryDirectory) {
        super(sharedMemoryDirectory);
    }

    @Override
    Answering answering(Replies replies) {
        return new WithNextRequest(replies, WithNextRequest.Rest.SENT, Integer.MAX_VALUE, 0);
    }
}
