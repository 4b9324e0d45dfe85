package io.github.camellva.grpc.wire;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import io.grpc.Metadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class CredentialsTest {

    private final Credentials credentials = new Credentials("camera", "s3cret:with:colons");

    @Test
    void theHeaderIsBasicOverTheBase64OfNameAndPassword() {
        assertThat(credentials.toHeaders().get(Credentials.HEADER))
                .isEqualTo("Basic " + base64("camera:s3cret:with:colons"));
    }

    @Test
    void theRightOnesMatch() {
        assertThat(credentials.match(credentials.toHeaders())).isTrue();
        assertThat(credentials.match(header("basic " + base64("camera:s3cret:with:colons")))).as("schemes have no case").isTrue();
    }

    @Test
    void noneDoNotMatch() {
        assertThat(credentials.match(new Metadata())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = { "camera:wrong", "other:s3cret:with:colons", "camera", "", ":", "camera:s3cret:with:colonsX" })
    void wrongOnesDoNotMatch(String plain) {
        assertThat(credentials.match(header("Basic " + base64(plain)))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "Basic", "Basic ", "Basic !!!", "Bearer abc", "Y2FtZXJhOg==" })
    void whatIsNoBasicHeaderDoesNotMatch(String value) {
        assertThat(credentials.match(header(value))).isFalse();
    }

    @Test
    void twoHeadersDoNotMatchEvenIfOneIsRight() {
        Metadata headers = credentials.toHeaders();
        headers.put(Credentials.HEADER, "Basic " + base64("x:y"));
        assertThat(credentials.match(headers)).isFalse();
    }

    @Test
    void aNameWithAColonIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Credentials("a:b", "c")).withMessageContaining("':'");
    }

    private static Metadata header(String value) {
        Metadata headers = new Metadata();
        headers.put(Credentials.HEADER, value);
        return headers;
    }

    private static String base64(String plain) {
        return Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }
}
