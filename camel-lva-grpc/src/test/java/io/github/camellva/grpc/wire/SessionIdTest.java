package io.github.camellva.grpc.wire;

import io.grpc.Metadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SessionIdTest {

    @Test
    void whatAnExtensionCallsItsSessionReachesItsNode() {
        assertThat(SessionId.of(SessionId.toHeaders("4f.a-1_b"))).contains("4f.a-1_b");
    }

    @Test
    void anExtensionNeedNotSay() {
        assertThat(SessionId.of(new Metadata())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "two words", "a/b", "12345678901234567890123456789012345678901234567890123456789012345" })
    void whatNoLogShouldHaveIsNotTaken(String id) {
        assertThat(SessionId.of(SessionId.toHeaders(id))).isEmpty();
    }
}
