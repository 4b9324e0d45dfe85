package io.github.camellva.grpc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.camellva.grpc.client.ClientTls;
import io.github.camellva.grpc.stream.NodeSession;
import io.github.camellva.grpc.wire.Credentials;
import io.github.camellva.proto.MediaStreamMessage;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import org.apache.camel.BindToRegistry;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.jsse.CipherSuitesParameters;
import org.apache.camel.support.jsse.KeyManagersParameters;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.SSLContextServerParameters;
import org.apache.camel.support.jsse.SecureSocketProtocolsParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.camellva.grpc.Messages.FRAME_BYTES;
import static io.github.camellva.grpc.Messages.entity;
import static io.github.camellva.grpc.Messages.pixels;
import static io.github.camellva.grpc.Messages.rawDescriptor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Credentials and TLS, one way and mutual, by PEM files and by Camel's SSL configuration. */
class SecurityIT extends LvaGrpcTestSupport {

    private static final String GCM = "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384";
    private static final String CBC = "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384";

    @TempDir
    static Path directory;

    private static TestCertificates certificates;

    @BeforeAll
    static void makeCertificates() throws Exception {
        certificates = new TestCertificates(directory).make("server").make("node").make("stranger");
    }

    @BindToRegistry("oneWay")
    private final SSLContextParameters oneWay = sslContextParameters(null);

    @BindToRegistry("mutual")
    private final SSLContextParameters mutual = sslContextParameters("REQUIRE");

    @BindToRegistry("tls13")
    private final SSLContextParameters tls13 = protocol(sslContextParameters(null), "TLSv1.3");

    @BindToRegistry("tls12")
    private final SSLContextParameters tls12 = protocol(sslContextParameters(null), "TLSv1.2");

    @BindToRegistry("gcm")
    private final SSLContextParameters gcm = cipherSuite(protocol(sslContextParameters(null), "TLSv1.2"), GCM);

    @BindToRegistry("cbc")
    private final SSLContextParameters cbc = cipherSuite(protocol(sslContextParameters(null), "TLSv1.2"), CBC);

    @BindToRegistry("serverTls13")
    private final SSLContextParameters serverTls13 = serverProtocol(sslContextParameters(null), "TLSv1.3");

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                String pem = EXTENSION + "?keyCertChainResource=file:" + certificates.path("server.crt") + "&keyResource=file:"
                             + certificates.path("server.key");
                serve(EXTENSION + "?username=camera&password=RAW(s3cret&more)", "credentials");
                serve(pem, "pem");
                serve(pem + "&trustCertCollectionResource=file:" + certificates.path("node.crt"), "pemMutual");
                serve(EXTENSION + "?sslContextParameters=#oneWay", "jsse");
                serve(EXTENSION + "?sslContextParameters=#mutual", "jsseMutual");
                serve(EXTENSION + "?sslContextParameters=#tls13", "tls13");
                serve(EXTENSION + "?sslContextParameters=#tls12", "tls12");
                serve(EXTENSION + "?sslContextParameters=#gcm", "gcm");
                serve(EXTENSION + "?sslContextParameters=#serverTls13", "serverTls13");
            }

            private void serve(String uri, String id) {
                from(uri).routeId(id).process(exchange -> exchange.getMessage().setBody(entity(id)));
            }
        };
    }

    @Test
    void theRightCredentialsOpenASession() throws Exception {
        assertAnswered("credentials", ClientTls.none(), new Credentials("camera", "s3cret&more").toHeaders());
    }

    @Test
    void wrongOrMissingCredentialsAreRefusedWithoutDetail() throws Exception {
        for (Metadata headers : List.of(new Credentials("camera", "wrong").toHeaders(), new Metadata())) {
            Status end = endOf("credentials", ClientTls.none(), headers);
            assertThat(end.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
            assertThat(end.getDescription()).isEqualTo("credentials are required");
        }
    }

    @Test
    void healthNeedsNoCredentials() throws Exception {
        try (TestNode connection = TestNode.plaintext("localhost", port("credentials"))) {
            assertThat(HealthGrpc.newBlockingStub(connection.channel()).withDeadlineAfter(10, TimeUnit.SECONDS)
                    .check(HealthCheckRequest.getDefaultInstance()).getStatus()).isEqualTo(ServingStatus.SERVING);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "pem", "jsse" })
    void aNodeThatTrustsTheServerIsServed(String route) throws Exception {
        assertAnswered(route, trusting("server"), new Metadata());
    }

    @ParameterizedTest
    @ValueSource(strings = { "pem", "jsse", "pemMutual", "jsseMutual" })
    void aNodeInPlainTextIsNotServed(String route) throws Exception {
        assertThat(endOf(route, ClientTls.none(), new Metadata()).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = { "pem", "jsse" })
    void aServerThatTheNodeDoesNotTrustIsLeft(String route) throws Exception {
        assertThat(endOf(route, trusting("stranger"), new Metadata()).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = { "pemMutual", "jsseMutual" })
    void aNodeWithATrustedCertificateIsServed(String route) throws Exception {
        assertAnswered(route, showing("node"), new Metadata());
    }

    @ParameterizedTest
    @ValueSource(strings = { "pemMutual", "jsseMutual" })
    void aNodeWithoutOrWithAnUnknownCertificateIsRefused(String route) throws Exception {
        assertThat(endOf(route, trusting("server"), new Metadata()).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(endOf(route, showing("stranger"), new Metadata()).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    }

    @Test
    void aNodeMayUseAContextOfTheJdk() throws Exception {
        assertAnswered("pem", ClientTls.context(oneWay.createSSLContext(context)), new Metadata());
    }

    @ParameterizedTest
    @ValueSource(strings = { "pemMutual", "jsseMutual" })
    void aProducerAndAnExtensionShowEachOtherTheirCertificates(String route) {
        String uri = "lvagrpc:localhost:" + port(route) + "?pixelFormat=BGR24&width=4&height=2&trustCertCollectionResource=file:"
                     + certificates.path("server.crt") + "&keyCertChainResource=file:" + certificates.path("node.crt")
                     + "&keyResource=file:" + certificates.path("node.key");
        assertThat(template.requestBody(uri, pixels(FRAME_BYTES, 1))).isEqualTo(List.of(entity(route)));
    }

    @Test
    void aProducerMayUseCamelsSslConfigurationAndCredentials() {
        String format = "&pixelFormat=BGR24&width=4&height=2";
        assertThat(template.requestBody("lvagrpc:localhost:" + port("jsse") + "?sslContextParameters=#oneWay" + format, pixels(FRAME_BYTES, 1)))
                .isEqualTo(List.of(entity("jsse")));
        assertThat(template.requestBody(
                "lvagrpc:localhost:" + port("credentials") + "?username=camera&password=RAW(s3cret&more)" + format, pixels(FRAME_BYTES, 1)))
                .isEqualTo(List.of(entity("credentials")));
    }

    @ParameterizedTest
    @CsvSource({ "tls13,tls13", "tls12,tls12", "gcm,gcm", "serverTls13,tls13", "pem,tls13", "pem,tls12" })
    void protocolsAndCipherSuitesThatBothSidesAcceptAreUsed(String extension, String node) {
        assertThat(requestWith(extension, node)).isEqualTo(List.of(entity(extension)));
    }

    @ParameterizedTest
    @CsvSource({ "tls13,tls12", "tls12,tls13", "gcm,cbc", "serverTls13,tls12" })
    void protocolsAndCipherSuitesThatEitherSideDoesNotAcceptAreRefused(String extension, String node) {
        assertThatThrownBy(() -> requestWith(extension, node)).cause().isInstanceOf(LvaGrpcException.class)
                .hasMessageContaining("UNAVAILABLE");
    }

    private Object requestWith(String extension, String node) {
        return template.requestBody(
                "lvagrpc:localhost:" + port(extension) + "?sslContextParameters=#" + node
                                    + "&pixelFormat=BGR24&width=4&height=2",
                pixels(FRAME_BYTES, 1));
    }

    @Test
    void aProducerThatTheExtensionDoesNotTrustFailsClearly() {
        String uri = "lvagrpc:localhost:" + port("pemMutual") + "?pixelFormat=BGR24&width=4&height=2&trustCertCollectionResource=file:"
                     + certificates.path("server.crt");
        assertThatThrownBy(() -> template.requestBody(uri, pixels(FRAME_BYTES, 1))).cause().isInstanceOf(LvaGrpcException.class)
                .hasMessageContaining("UNAVAILABLE");
    }

    @Test
    void aFileThatIsNoPemIsNamed() throws Exception {
        Files.writeString(directory.resolve("bad.pem"), "not a certificate");
        assertThatThrownBy(() -> context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(EXTENSION + "?keyCertChainResource=file:" + directory.resolve("bad.pem") + "&keyResource=file:"
                     + directory.resolve("server.key")).to("mock:never");
            }
        })).hasStackTraceContaining("keyCertChainResource 'file:").hasStackTraceContaining("is not a PEM file");
    }

    private void assertAnswered(String route, ClientTls tls, Metadata headers) throws Exception {
        try (TestNode connection = TestNode.connect("localhost", port(route), tls, headers)) {
            NodeSession session = connection.open(rawDescriptor().build(), null, 2, Duration.ofSeconds(10));
            MediaStreamMessage answer = session.send(1, ByteBuffer.wrap(pixels(FRAME_BYTES, 1)), List.of()).get(10, TimeUnit.SECONDS);
            assertThat(answer.getMediaSample().getInferencesList()).containsExactly(entity(route));
        }
    }

    private Status endOf(String route, ClientTls tls, Metadata headers) throws Exception {
        try (TestNode connection = TestNode.connect("localhost", port(route), tls, headers)) {
            return connection.open(rawDescriptor().build(), null, 2, Duration.ofSeconds(10)).ended().get(10, TimeUnit.SECONDS);
        }
    }

    private static ClientTls trusting(String certificate) throws IOException {
        return ClientTls.pem(certificates.bytes(certificate + ".crt"), null, null, null);
    }

    private static ClientTls showing(String certificate) throws IOException {
        return ClientTls.pem(
                certificates.bytes("server.crt"), certificates.bytes(certificate + ".crt"),
                certificates.bytes(certificate + ".key"), null);
    }

    /** The server's key, and trust in itself or, where nodes must show a certificate, in that of the node. */
    private static SSLContextParameters sslContextParameters(String clientAuthentication) {
        KeyManagersParameters keys = new KeyManagersParameters();
        keys.setKeyPassword(TestCertificates.PASSWORD);
        keys.setKeyStore(store("server"));
        TrustManagersParameters trust = new TrustManagersParameters();
        trust.setKeyStore(store(clientAuthentication == null ? "server" : "node"));
        SSLContextServerParameters server = new SSLContextServerParameters();
        server.setClientAuthentication(clientAuthentication);
        SSLContextParameters parameters = new SSLContextParameters();
        parameters.setKeyManagers(keys);
        parameters.setTrustManagers(trust);
        parameters.setServerParameters(server);
        return parameters;
    }

    private static SSLContextParameters protocol(SSLContextParameters parameters, String protocol) {
        SecureSocketProtocolsParameters protocols = new SecureSocketProtocolsParameters();
        protocols.setSecureSocketProtocol(List.of(protocol));
        parameters.setSecureSocketProtocols(protocols);
        return parameters;
    }

    private static SSLContextParameters serverProtocol(SSLContextParameters parameters, String protocol) {
        SecureSocketProtocolsParameters protocols = new SecureSocketProtocolsParameters();
        protocols.setSecureSocketProtocol(List.of(protocol));
        parameters.getServerParameters().setSecureSocketProtocols(protocols);
        return parameters;
    }

    private static SSLContextParameters cipherSuite(SSLContextParameters parameters, String cipherSuite) {
        CipherSuitesParameters cipherSuites = new CipherSuitesParameters();
        cipherSuites.setCipherSuite(List.of(cipherSuite));
        parameters.setCipherSuites(cipherSuites);
        return parameters;
    }

    private static KeyStoreParameters store(String name) {
        KeyStoreParameters store = new KeyStoreParameters();
        store.setType("PKCS12");
        store.setResource("file:" + certificates.path(name + ".p12"));
        store.setPassword(TestCertificates.PASSWORD);
        return store;
    }
}
