package io.github.camellva.grpc.server;

import java.net.InetSocketAddress;
import java.net.SocketAddress;

/**
 * How many of something one remote address may have at once.
 *
 * @param remote   an address of another machine
 * @param loopback an address of this machine's own, behind which there may be a tunnel or a proxy that all nodes come through
 */
public record PeerShare(int remote, int loopback) {

    /** The same for every address. */
    public static PeerShare of(int each) {
        return new PeerShare(each, each);
    }

    /** One machine leaves half of them to the others; it gets one at least. */
    public static PeerShare halfOf(int all) {
        return new PeerShare(Math.max(1, all / 2), all);
    }

    int of(SocketAddress peer) {
        return peer instanceof InetSocketAddress inet && inet.getAddress() != null && inet.getAddress().isLoopbackAddress()
                ? loopback : remote;
    }

    int most() {
        return Math.max(remote, loopback);
    }
}
