package io.github.camellva.grpc.wire;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.grpc.Metadata;

import static org.assertj.core.api.Assertions.assertThat;

class CredentialsFuzzTest {

    private static final Credentials CREDENTIALS = new Credentials("camera", "s3cret");

    @FuzzTest
    void onlyTheRightCredentialsMatch(byte[] header) {
        String value = new String(header, StandardCharsets.ISO_8859_1);
        Metadata headers = new Metadata();
        headers.put(Credentials.HEADER, value);
        if (CREDENTIALS.match(headers)) {
            assertThat(value).startsWithIgnoringCase("Basic ");
            byte[] plain = Base64.getDecoder().decode(value.substring("Basic ".length()).trim());
            assertThat(new String(plain, StandardCharsets.UTF_8)).isEqualTo("camera:s3cret");
        }
    }
}
