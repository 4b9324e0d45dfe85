package io.github.camellva.view;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

class PollTest {

    @Test
    void aRequestNamesCamerasWithTheFramesThatTheViewerHas() {
        assertThat(Poll.parse("0a1b-17.2c3d-0", 9)).containsExactly(entry("0a1b", 17L), entry("2c3d", 0L));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "-", "a-", "-1", "a--1", "a-1x", "a-12345678901234567890", "a", "....", "a-%31" })
    void whatIsNotOfThatFormIsLeftOut(String query) {
        assertThat(Poll.parse(query, 9)).isEmpty();
    }

    @Test
    void thereAreNoMoreCamerasThanTheLimit() {
        String query = IntStream.range(0, 1000).mapToObj(i -> "c" + i + "-1").collect(Collectors.joining("."));
        assertThat(Poll.parse(query, 3)).containsOnlyKeys("c0", "c1", "c2");
    }
}
