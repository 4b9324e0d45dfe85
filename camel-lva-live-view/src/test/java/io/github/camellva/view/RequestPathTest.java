package io.github.camellva.view;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RequestPathTest {

    @ParameterizedTest
    @CsvSource({
            "/live/, /live, ''", "/live/app.js, /live, app.js", "/live/frames, /live, frames", "/context/live/frames, /live, frames",
            "/, '', ''", "/app.js, '', app.js", "/a/b/live/, /a/b/live, ''" })
    void whatFollowsThePathOfTheRouteIsTheName(String path, String mount, String name) {
        assertThat(RequestPath.of(path, mount)).hasValueSatisfying(request -> {
            assertThat(request.name()).isEqualTo(name);
            assertThat(request.directory()).isEmpty();
        });
    }

    @Test
    void thePathOfTheRouteAloneIsADirectory() {
        assertThat(RequestPath.of("/a/live", "/a/live")).hasValueSatisfying(
                request -> assertThat(request.directory()).hasValue("live"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "/other/app.js", "/live/../app.js", "/live/x/app.js", "/live//app.js", "/live/%2e%2e/app.js", "/live/app.js%00",
            "/live/APP.JS", "/live/a\\b", "app.js", "" })
    void whatIsNoNameRightThereIsRefused(String path) {
        assertThat(RequestPath.of(path, "/live")).isEmpty();
    }
}
