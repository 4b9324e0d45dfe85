package io.github.camellva.grpc.server;

import java.net.InetSocketAddress;
import java.net.SocketAddress;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SharesTest {

    private final Shares shares = new Shares(PeerShare.of(2));

    @Test
    void anAddressGetsItsShareAndNoMoreWhateverItsPorts() {
        assertThat(shares.take(peer("192.0.2.1", 1))).isTrue();
        assertThat(shares.take(peer("192.0.2.1", 2))).isTrue();
        assertThat(shares.take(peer("192.0.2.1", 3))).isFalse();
        assertThat(shares.take(peer("192.0.2.2", 1))).as("another").isTrue();
    }

    @Test
    void whatIsGivenBackMayBeTakenAgain() {
        shares.take(peer("192.0.2.1", 1));
        shares.take(peer("192.0.2.1", 2));
        shares.giveBack(peer("192.0.2.1", 1));
        assertThat(shares.take(peer("192.0.2.1", 3))).isTrue();
        assertThat(shares.take(peer("192.0.2.1", 4))).isFalse();
    }

    @Test
    void anIpv6NetworkIsOnePeerSinceAHostMayUseAllOfIt() {
        assertThat(shares.take(peer("2001:db8:1:2::1", 1))).isTrue();
        assertThat(shares.take(peer("2001:db8:1:2:ffff::7", 1))).isTrue();
        assertThat(shares.take(peer("2001:db8:1:2::3", 1))).isFalse();
        assertThat(shares.take(peer("2001:db8:1:3::1", 1))).as("another network").isTrue();
    }

    @Test
    void hostsOfALinkAreToldApart() {
        shares.take(peer("fe80::1", 1));
        shares.take(peer("fe80::1", 1));
        assertThat(shares.take(peer("fe80::2", 1))).isTrue();
    }

    @Test
    void oneMachineLeavesHalfToTheOthersUnlessItIsThisOne() {
        Shares places = new Shares(PeerShare.halfOf(4));
        assertThat(places.take(peer("192.0.2.1", 1))).isTrue();
        assertThat(places.take(peer("192.0.2.1", 2))).isTrue();
        assertThat(places.take(peer("192.0.2.1", 3))).isFalse();
        for (int port = 1; port <= 4; port++) {
            assertThat(places.take(peer("127.0.0.1", port))).isTrue();
        }
        assertThat(places.take(peer("127.0.0.1", 5))).isFalse();
    }

    @Test
    void aShareOfOnePlaceIsThatPlace() {
        assertThat(new Shares(PeerShare.halfOf(1)).take(peer("192.0.2.1", 1))).isTrue();
    }

    private static SocketAddress peer(String address, int port) {
        return new InetSocketAddress(address, port);
    }
}
