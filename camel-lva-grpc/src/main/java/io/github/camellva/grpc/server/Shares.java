package io.github.camellva.grpc.server;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

import com.google.errorprone.annotations.concurrent.GuardedBy;

/**
 * How many of something each remote address has, so that none has all. An IPv6 host may use any address of its /64 network, so
 * such a network counts as one address. Thread-safe.
 */
final class Shares {

    private static final int IPV6_NETWORK_BYTES = 8;

    private final PeerShare share;
    @GuardedBy("this")
    private final Map<String, Integer> taken = new HashMap<>();

    Shares(PeerShare share) {
        this.share = share;
    }

    /** Whether the peer has got one more. */
    synchronized boolean take(SocketAddress peer) {
        String address = addressOf(peer);
        int before = taken.getOrDefault(address, 0);
        if (before >= share.of(peer)) {
            return false;
        }
        taken.put(address, before + 1);
        return true;
    }

    synchronized void giveBack(SocketAddress peer) {
        taken.computeIfPresent(addressOf(peer), (address, count) -> count == 1 ? null : count - 1);
    }

    private static String addressOf(SocketAddress peer) {
        if (!(peer instanceof InetSocketAddress inet) || inet.getAddress() == null) {
            return String.valueOf(peer);
        }
        InetAddress address = inet.getAddress();
        return address instanceof Inet6Address && !address.isLoopbackAddress() && !address.isLinkLocalAddress()
                ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), IPV6_NETWORK_BYTES))
                : address.getHostAddress();
    }
}
