package io.github.camellva.video;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Cameras that are reached by TLS. */
@Timeout(60)
class RtspsIT {

    @TempDir
    private static Path directory;

    private static TestCertificate certificate;
    private static RtspCamera camera;

    @BeforeAll
    static void start() throws Exception {
        certificate = TestCertificate.make(directory, "localhost");
        camera = camera("", "", certificate);
    }

    @AfterAll
    static void stop() throws Exception {
        if (camera != null) {
            camera.close();
        }
    }

    @Test
    void aCameraWhoseCertificateIsTrustedPlays() throws Exception {
        try (Watched watched = Watched.start(uri(camera, "ffmpeg.ca_file=" + certificate.certificate()))) {
            watched.awaitFrames(5);
            watched.assertThatTimestampsGrow();
        }
    }

    @Test
    void aCertificateThatNobodyTrustsIsRefused() throws Exception {
        try (Watched watched = Watched.start(uri(camera, "username=admin&password=RAW(hush4712)"))) {
            assertThatItIsRefused(watched, camera);
            assertThat(Files.readString(Path.of("target/test.log"))).doesNotContain("hush4712");
        }
    }

    @Test
    void aCertificateOfAnotherNameIsRefused() throws Exception {
        TestCertificate other = TestCertificate.make(directory, "camera.example");
        try (RtspCamera impostor = camera("", "", other);
             Watched watched = Watched.start(uri(impostor, "ffmpeg.ca_file=" + other.certificate()))) {
            assertThatItIsRefused(watched, impostor);
        }
    }

    @Test
    void whoWantsItTrustsAnyCertificate() throws Exception {
        try (Watched watched = Watched.start(uri(camera, "ffmpeg.tls_verify=0"))) {
            watched.awaitFrames(5);
        }
    }

    @Test
    void theRightPasswordOpensIt() throws Exception {
        try (RtspCamera guarded = camera("admin", "p@ss:w/rd", certificate);
             Watched watched = Watched.start(
                     uri(guarded, "ffmpeg.ca_file=" + certificate.certificate() + "&username=admin&password=RAW(p@ss:w/rd)"))) {
            watched.awaitFrames(5);
        }
    }

    @Test
    void aWrongPasswordIsTold() throws Exception {
        try (RtspCamera guarded = camera("admin", "p@ss:w/rd", certificate);
             Watched watched = Watched.start(
                     uri(guarded, "ffmpeg.ca_file=" + certificate.certificate() + "&username=admin&password=wr0ng"))) {
            watched.awaitState("waiting to reconnect");
            assertThat(watched.consumer().getLastError()).contains("refuses the user name or the password").doesNotContain("wr0ng");
        }
    }

    private static void assertThatItIsRefused(Watched watched, RtspCamera camera) {
        watched.awaitState("waiting to reconnect");
        assertThat(watched.consumer().getLastError()).isEqualTo(
                "rtsps://localhost:" + camera.port() + "/camera0 cannot be reached: its certificate is not trusted or belongs to another name,"
                + " or it speaks no TLS; ffmpeg.ca_file names a PEM file with certificates to trust, ffmpeg.tls_verify=0 trusts any");
        assertThat(watched.seen()).isEmpty();
    }

    private static RtspCamera camera(String user, String password, TestCertificate certificate) throws Exception {
        RtspCamera.assumeTls();
        return RtspCamera.start(
                "h264", "160", "120", "25", user, password, certificate.certificate().toString(), certificate.key().toString());
    }

    private static String uri(RtspCamera camera, String options) {
        return "lvavideo:rtsps://localhost:" + camera.port() + "/camera0?" + options;
    }
}
