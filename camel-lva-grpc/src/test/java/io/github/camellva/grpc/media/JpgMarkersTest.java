package io.github.camellva.grpc.media;

import java.io.IOException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.github.camellva.grpc.media.Pictures.buffer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class JpgMarkersTest {

    private static final String THREE_COMPONENTS = " 0011 08 0010 0020 03 011100 021100 031100 ";
    private static final String SCAN_OF_ONE = "ffda 0008 01 0100 003f00 ";
    private static final String SCAN_OF_THREE = "ffda 000c 03 0100 0200 0300 003f00 ";

    @ParameterizedTest
    @CsvSource({ "c0", "c1", "c2", "c3", "c9", "ca", "cf" })
    void everyStartOfFrameTellsTheSize(String marker) {
        JpgMarkers markers = JpgMarkers.of(buffer("ffd8 ff" + marker + THREE_COMPONENTS + SCAN_OF_THREE));
        assertThat(markers.haveSize()).isTrue();
        assertThat(markers.width()).isEqualTo(32);
        assertThat(markers.height()).isEqualTo(16);
        assertThat(markers.components()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({ "c4", "c8", "cc", "db", "e0", "fe" })
    void otherMarkersTellNoSize(String marker) {
        assertThat(JpgMarkers.of(buffer("ffd8 ff" + marker + THREE_COMPONENTS + SCAN_OF_THREE)).haveSize()).isFalse();
    }

    @Test
    void manyScansAreThoseThatDoNotHoldAllComponentsOrAreProgressive() {
        assertThat(JpgMarkers.of(buffer("ffd8 ffc0" + THREE_COMPONENTS + SCAN_OF_THREE)).haveManyScans()).isFalse();
        assertThat(JpgMarkers.of(buffer("ffd8 ffc0" + THREE_COMPONENTS + SCAN_OF_ONE)).haveManyScans()).isTrue();
        assertThat(JpgMarkers.of(buffer("ffd8 ffc2" + THREE_COMPONENTS + SCAN_OF_THREE)).haveManyScans()).isTrue();
        assertThat(JpgMarkers.of(buffer("ffd8 ffc2" + THREE_COMPONENTS)).haveManyScans()).isFalse();
        assertThat(JpgMarkers.of(buffer("ffd8 ffc2" + THREE_COMPONENTS + "ffda 0008")).haveManyScans()).isFalse();
        assertThat(JpgMarkers.of(buffer("ffd8 ffc2" + THREE_COMPONENTS + "ffda 0008 01")).haveManyScans()).isTrue();
        assertThat(JpgMarkers.of(buffer("ffd8 " + SCAN_OF_ONE)).haveManyScans()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({ "ffd9", "12 ffd9", "12 ffd9 00", "12 ffd9 ff 34 ffda" })
    void anEndIsFoundBehindTheScanWhateverStandsBehindIt(String data) {
        assertThat(JpgMarkers.of(buffer("ffd8 ffc0" + THREE_COMPONENTS + SCAN_OF_THREE + data)).haveEnd()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({ "''", "12", "12 ff", "12 ff00 34" })
    void withoutAnEndBehindTheScanThereIsNone(String data) {
        assertThat(JpgMarkers.of(buffer("ffd8 ffe1 0006 ffd8ffd9 ffc0" + THREE_COMPONENTS + SCAN_OF_THREE + data)).haveEnd()).isFalse();
    }

    @Test
    void withoutAScanThereIsNoEnd() {
        assertThat(JpgMarkers.of(buffer("ffd8 ffc0" + THREE_COMPONENTS + "ffd9")).haveEnd()).isFalse();
    }

    @Test
    void scansAreCountedFromTheFirstOn() {
        assertThat(JpgMarkers.of(buffer("ffd8 ffe0 0004 ffda ffc2" + THREE_COMPONENTS + SCAN_OF_ONE.repeat(3) + "12ff00ff")).countScans())
                .isEqualTo(3);
        assertThat(JpgMarkers.of(buffer("ffd8 ffc2" + THREE_COMPONENTS + SCAN_OF_ONE + "ffda")).countScans()).isEqualTo(2);
    }

    @Test
    void oneHundredScansAreAcceptedAndNotOneMore() throws Exception {
        String header = "ffd8 ffc2" + THREE_COMPONENTS;
        PictureHeader picture = PictureHeader.of(buffer(header));
        PictureLimits.requireDecodable(picture, buffer(header + SCAN_OF_ONE.repeat(100)));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> PictureLimits.requireDecodable(picture, buffer(header + SCAN_OF_ONE.repeat(101))))
                .withMessageContaining("101 scans; at most 100");
    }
}
