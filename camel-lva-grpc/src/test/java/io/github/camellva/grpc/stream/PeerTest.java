package io.github.camellva.grpc.stream;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PeerTest {

    @Test
    void anAddressIsShownWithItsPortAndWithoutAHost() throws Exception {
        assertThat(peer(address("10.1.2.3")).address()).isEqualTo("10.1.2.3:5");
        InetAddress named = InetAddress.getByAddress("camera.example.org", new byte[] { 10, 1, 2, 3 });
        assertThat(peer(new InetSocketAddress(named, 5)).address()).isEqualTo("10.1.2.3:5");
    }

    @Test
    void loopbackAddressesAndThoseOfItsInterfacesAreThisMachines() throws Exception {
        assertThat(peer(address("127.0.0.1")).isOnThisMachine()).isTrue();
        assertThat(peer(address("::1")).isOnThisMachine()).isTrue();
        NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses)
                .forEach(own -> assertThat(peer(new InetSocketAddress(own, 5)).isOnThisMachine()).as("%s", own).isTrue());
    }

    @Test
    void otherAddressesAreNot() throws Exception {
        // of a range that documentation has to itself
        assertThat(peer(address("192.0.2.1")).isOnThisMachine()).isFalse();
        assertThat(peer(InetSocketAddress.createUnresolved("camera.example.org", 5)).isOnThisMachine()).isFalse();
        assertThat(peer(null).isOnThisMachine()).isFalse();
    }

    private static Peer peer(SocketAddress address) {
        return new Peer(address, Map.of());
    }

    private static InetSocketAddress address(String literal) throws Exception {
        return new InetSocketAddress(InetAddress.getByName(literal), 5);
    }
}
