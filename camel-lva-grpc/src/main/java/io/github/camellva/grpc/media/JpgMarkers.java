package io.github.camellva.grpc.media;

import java.nio.ByteBuffer;

/** The markers of a JPG picture up to its first scan. Skips no byte that a decoder would take for a marker. */
final class JpgMarkers {

    private static final int START_OF_SCAN = 0xda;
    private static final int END = 0xd9;
    private static final int BASELINE = 0xc0;

    private final ByteBuffer bytes;
    private int startOfFrame = -1;
    private int startOfScan = -1;

    private JpgMarkers(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /** @param bytes from position 0, beginning with 0xffd8 */
    static JpgMarkers of(ByteBuffer bytes) {
        JpgMarkers markers = new JpgMarkers(bytes);
        int at = 2;
        while (at >= 0 && markers.startOfScan < 0) {
            at = markers.read(at);
        }
        return markers;
    }

    /** Whether the size of the picture is known. */
    boolean haveSize() {
        return startOfFrame >= 0;
    }

    int width() {
        return unsigned(startOfFrame + 7);
    }

    int height() {
        return unsigned(startOfFrame + 5);
    }

    /** Components of a pixel. */
    int components() {
        return bytes.get(startOfFrame + 9) & 0xff;
    }

    /** Whether no single scan holds the whole picture, so that a decoder keeps coefficients of all of it. */
    boolean haveManyScans() {
        return haveSize() && startOfScan >= 0 && startOfScan + 4 < bytes.limit()
               && (marker(startOfFrame) == 0xc2 || (bytes.get(startOfScan + 4) & 0xff) != components());
    }

    /** Whether they are of a whole baseline picture of grey or three components in one scan, as cameras and most programs make it. */
    boolean arePlain() {
        return haveSize() && marker(startOfFrame) == BASELINE && (bytes.get(startOfFrame + 4) & 0xff) == Byte.SIZE
               && (components() == 1 || components() == 3) && startOfScan >= 0 && !haveManyScans() && countScans() == 1 && haveEnd();
    }

    /** Compressed data cannot hold a marker, so that what looks like one begins a scan. */
    int countScans() {
        int scans = 0;
        for (int at = Math.max(0, startOfScan); at + 1 < bytes.limit(); at++) {
            scans += bytes.get(at) == (byte) 0xff && marker(at) == START_OF_SCAN ? 1 : 0;
        }
        return scans;
    }

    /** Whether the picture has its end; what stands behind that does not matter. */
    boolean haveEnd() {
        // from behind, where it is in nearly all pictures: compressed data cannot hold a marker, but tables before it can
        for (int at = bytes.limit() - 2; startOfScan >= 0 && at > startOfScan; at--) {
            if (bytes.get(at) == (byte) 0xff && marker(at) == END) {
                return true;
            }
        }
        return false;
    }

    /** @return where the next marker is; below 0 if there is none, or what comes is no marker */
    private int read(int at) {
        if (at + 4 > bytes.limit() || (bytes.get(at) & 0xff) != 0xff) {
            return -1;
        }
        int marker = marker(at);
        if (marker == 0xff) {
            // any number of 0xff may stand before a marker
            return at + 1;
        }
        if (standsAlone(marker)) {
            return at + 2;
        }
        int length = unsigned(at + 2);
        if (length < 2 || marker < 0xc0 || marker == 0xd8 || marker == END) {
            return -1;
        }
        if (isStartOfFrame(marker)) {
            if (haveSize() || at + 10 > bytes.limit()) {
                return -1;
            }
            startOfFrame = at;
        } else if (marker == START_OF_SCAN) {
            startOfScan = at;
        }
        return at + 2 + length;
    }

    /** Has no length behind it. */
    private static boolean standsAlone(int marker) {
        return marker == 0x01 || marker >= 0xd0 && marker <= 0xd7;
    }

    /** 0xc0 to 0xcf, except for the three that are tables. */
    private static boolean isStartOfFrame(int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    private int marker(int at) {
        return bytes.get(at + 1) & 0xff;
    }

    private int unsigned(int at) {
        return Short.toUnsignedInt(bytes.getShort(at));
    }
}
