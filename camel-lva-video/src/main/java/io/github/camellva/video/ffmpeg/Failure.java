package io.github.camellva.video.ffmpeg;

import java.time.Duration;

import io.github.camellva.video.source.SourceAddress;
import io.github.camellva.video.source.SourceException;
import io.github.camellva.video.source.SourceException.Reason;
import org.bytedeco.ffmpeg.global.avutil;

/** What FFmpeg's error codes mean to whoever named a source. */
final class Failure {

    private static final int NO_SUCH_FILE = avutil.AVERROR_ENOENT();
    /** All that FFmpeg says when it ends a TLS handshake. */
    private static final int INPUT_OUTPUT = avutil.AVERROR_EIO();

    private Failure() {
    }

    static SourceException opening(SourceAddress address, int error) {
        if (error == avutil.AVERROR_HTTP_UNAUTHORIZED || error == avutil.AVERROR_HTTP_FORBIDDEN) {
            return new SourceException(
                    Reason.UNAUTHORIZED, address + " refuses the user name or the password, or wants some and got none: set username and password");
        }
        if (error == NO_SUCH_FILE) {
            return new SourceException(
                    address.kind().isLive() ? Reason.LOST : Reason.UNUSABLE, address + " cannot be opened: there is no such file");
        }
        if (!address.kind().isLive()) {
            return new SourceException(Reason.UNUSABLE, error == avutil.AVERROR_INVALIDDATA
                    ? address + " is no video that FFmpeg can read" : address + " cannot be opened: " + Ffmpeg.describe(error));
        }
        if (error == avutil.AVERROR_PROTOCOL_NOT_FOUND) {
            return new SourceException(Reason.UNUSABLE, address + " cannot be opened: this FFmpeg is built without its protocol");
        }
        if (error == INPUT_OUTPUT && address.isEncrypted()) {
            return new SourceException(Reason.LOST, address + " cannot be reached: its certificate is not trusted or belongs to another name, or it"
                                                    + " speaks no TLS; ffmpeg.ca_file names a PEM file with certificates to trust,"
                                                    + " ffmpeg.tls_verify=0 trusts any");
        }
        return new SourceException(Reason.LOST, error == avutil.AVERROR_INVALIDDATA
                ? address + " sends no video that FFmpeg can read" : address + " cannot be reached: " + Ffmpeg.describe(error));
    }

    static SourceException noAnswer(SourceAddress address, Duration waited) {
        return new SourceException(Reason.LOST, address + " has not answered for " + waited.toMillis() + " ms (connectTimeout)");
    }

    static SourceException silent(SourceAddress address, Duration waited) {
        return new SourceException(Reason.LOST, address + " has sent nothing for " + waited.toMillis() + " ms (readTimeout)");
    }

    static SourceException ended(SourceAddress address, int error) {
        return new SourceException(Reason.LOST, error == avutil.AVERROR_EOF
                ? address + " has ended its stream" : "the connection to " + address + " was lost: " + Ffmpeg.describe(error));
    }

    static SourceException unreadable(SourceAddress address, int error) {
        return new SourceException(Reason.UNUSABLE, address + " cannot be read any further: " + Ffmpeg.describe(error));
    }

    static SourceException noVideo(SourceAddress address) {
        return new SourceException(
                address.kind().isLive() ? Reason.LOST : Reason.UNUSABLE, address + " has no video in it that FFmpeg can read");
    }

    static SourceException noDecoder(SourceAddress address, String codec) {
        return new SourceException(
                Reason.UNUSABLE, address + " is encoded with " + codec + ", which this FFmpeg cannot decode: the codec is not built in");
    }

    static SourceException unknownOption(SourceAddress address, String option) {
        return new SourceException(Reason.UNUSABLE, address + " cannot be opened: FFmpeg has no option '" + option
                                                    + "' for it; take ffmpeg." + option + " away, or mend its name");
    }

    /** Of calls that fail only when memory is short. */
    static void check(int result, String what) {
        if (result < 0) {
            throw new IllegalStateException(what + ": " + Ffmpeg.describe(result));
        }
    }
}
