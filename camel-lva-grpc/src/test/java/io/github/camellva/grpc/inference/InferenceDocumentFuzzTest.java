package io.github.camellva.grpc.inference;

import java.nio.charset.StandardCharsets;

import com.code_intelligence.jazzer.junit.FuzzTest;

import static org.assertj.core.api.Assertions.assertThat;

class InferenceDocumentFuzzTest {

    /** A path has as many names as a document is deep, each shortened. */
    private static final int LONGEST_ERROR = 20_000;

    @FuzzTest
    void whatIsReadIsWrittenAndReadAgainAndTheRestIsRefusedInALine(byte[] json) {
        InferenceDocument document;
        try {
            document = InferenceDocument.parse(json);
        } catch (InvalidInferenceException e) {
            assertThat(e.getMessage()).startsWith("$").hasSizeLessThan(LONGEST_ERROR).doesNotContainPattern("\\p{Cntrl}");
            return;
        }
        byte[] written = document.toJsonBytes();
        assertThat(InferenceDocument.parse(written)).isEqualTo(document);
        assertThat(InferenceDocument.parse(new String(written, StandardCharsets.UTF_8))).isEqualTo(document);
    }
}
