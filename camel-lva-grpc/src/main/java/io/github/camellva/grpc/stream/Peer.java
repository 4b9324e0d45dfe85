package io.github.camellva.grpc.stream;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.Map;

/**
 * Who opened a session.
 *
 * @param socketAddress where the connection comes from
 * @param traceContext  what a tracer of the peer sent along, by the names of W3C Trace Context; usually empty
 */
public record Peer(SocketAddress socketAddress, Map<String, String> traceContext) {

    public Peer {
        traceContext = Map.copyOf(traceContext);
    }

    /** Address and port. */
    public String address() {
        // a socket address prints as host/address:port, where the host is most often empty
        return String.valueOf(socketAddress).replaceFirst("^[^/]*/", "");
    }

    /** Whether it has an address of this machine; asks the operating system. */
    boolean isOnThisMachine() {
        if (!(socketAddress instanceof InetSocketAddress inet) || inet.getAddress() == null) {
            return false;
        }
        return inet.getAddress().isLoopbackAddress() || isOfThisMachine(inet.getAddress());
    }

    private static boolean isOfThisMachine(InetAddress address) {
        try {
            return NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return false;
        }
    }
}
