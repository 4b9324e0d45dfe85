package io.github.camellva.grpc;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.camellva.grpc.media.SharedMemoryAccess;
import io.github.camellva.grpc.stream.AnswerOrder;
import io.github.camellva.grpc.stream.Credentials;
import io.github.camellva.grpc.stream.OnFailure;
import io.github.camellva.grpc.stream.Overflow;
import io.github.camellva.grpc.stream.SessionSettings;
import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import io.github.camellva.proto.VideoFrameSampleFormat.PixelFormat;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.jsse.SSLContextParameters;

/** The options of an endpoint. */
@UriParams
public class LvaGrpcConfiguration {

    @UriPath
    @Metadata(required = true)
    private String host;
    @UriPath
    @Metadata(required = true)
    private int port;

    @UriParam(label = "security")
    private String username;
    @UriParam(label = "security", secret = true)
    private String password;
    @UriParam(label = "security")
    private SSLContextParameters sslContextParameters;
    @UriParam(label = "security")
    @Metadata(supportFileReference = true)
    private String keyCertChainResource;
    @UriParam(label = "security")
    @Metadata(supportFileReference = true)
    private String keyResource;
    @UriParam(label = "security", secret = true)
    private String keyPassword;
    @UriParam(label = "security")
    @Metadata(supportFileReference = true)
    private String trustCertCollectionResource;
    @UriParam(defaultValue = "67108864")
    private int maxMessageSize = 64 * 1024 * 1024;
    @UriParam(defaultValue = "/dev/shm")
    private String sharedMemoryDirectory = "/dev/shm";

    @UriParam(label = "consumer", defaultValue = "camel-lva-grpc")
    private String extensionIdentifier = "camel-lva-grpc";
    @UriParam(label = "consumer", defaultValue = "8")
    private int maxInFlight = 8;
    @UriParam(label = "consumer", defaultValue = "block", enums = "block,skip")
    private String overflow = "block";
    @UriParam(label = "consumer", defaultValue = "true")
    private boolean ordered = true;
    @UriParam(label = "consumer", defaultValue = "1000")
    private int maxSessions = 1000;
    @UriParam(label = "consumer")
    private String encodings;
    @UriParam(label = "consumer")
    private String pixelFormats;
    @UriParam(label = "consumer", defaultValue = "true")
    private boolean sharedMemory = true;
    @UriParam(label = "consumer", defaultValue = "copy", enums = "copy,map")
    private String sharedMemoryAccess = "copy";
    @UriParam(label = "consumer", defaultValue = "ack", enums = "ack,close")
    private String onFailure = "ack";
    @UriParam(label = "consumer", defaultValue = "true")
    private boolean muteException = true;
    @UriParam(label = "consumer,advanced", defaultValue = "64")
    private int poolSize = 64;

    /** Takes {@code host:port} apart. */
    void setAddress(String address) {
        int colon = address.lastIndexOf(':');
        try {
            // an IPv6 address in brackets has colons of its own
            if (colon <= 0 || address.endsWith("]")) {
                throw new NumberFormatException();
            }
            host = address.substring(0, colon);
            port = Integer.parseInt(address.substring(colon + 1));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "'" + address + "' is not host:port; write for instance lvagrpc:0.0.0.0:5001 or lvagrpc:localhost:5001");
        }
    }

    /** {@code host:port}, as in the endpoint's URI. */
    String address() {
        return host + ":" + port;
    }

    /** Finds what no single option can: values out of range, and options that need one another. */
    void validate() {
        requireRange("port", port, 0, 65535);
        requireRange("maxMessageSize", maxMessageSize, 1, Integer.MAX_VALUE);
        requireRange("maxInFlight", maxInFlight, 1, 10_000);
        requireRange("maxSessions", maxSessions, 1, 1_000_000);
        requireRange("poolSize", poolSize, 1, 10_000);
        requireTogether("username", username, "password", password);
        requireTogether("keyCertChainResource", keyCertChainResource, "keyResource", keyResource);
        if (sslContextParameters != null && keyCertChainResource != null) {
            throw new IllegalArgumentException("set either sslContextParameters or the PEM files, not both");
        }
        if (trustCertCollectionResource != null && keyCertChainResource == null) {
            throw new IllegalArgumentException(
                    "trustCertCollectionResource needs keyCertChainResource and keyResource as well: without a certificate of its own"
                                               + " the extension cannot speak TLS");
        }
        credentials();
        sessionSettings();
    }

    /** Null when nodes need none. */
    Credentials credentials() {
        return username == null ? null : new Credentials(username, password);
    }

    SessionSettings sessionSettings() {
        return new SessionSettings(
                extensionIdentifier, maxMessageSize, maxInFlight, choice("overflow", overflow, Overflow.values()),
                ordered ? AnswerOrder.REQUEST : AnswerOrder.COMPLETION, encodingSet(), pixelFormatSet(),
                sharedMemory ? Path.of(sharedMemoryDirectory) : null,
                choice("sharedMemoryAccess", sharedMemoryAccess, SharedMemoryAccess.values()),
                choice("onFailure", onFailure, OnFailure.values()),
                muteException ? failure -> "the extension could not process it" : String::valueOf);
    }

    private Set<Encoding> encodingSet() {
        Set<Encoding> all = EnumSet.complementOf(EnumSet.of(Encoding.UNRECOGNIZED));
        return choices("encodings", encodings, Encoding.class, all);
    }

    private Set<PixelFormat> pixelFormatSet() {
        Set<PixelFormat> all = EnumSet.complementOf(EnumSet.of(PixelFormat.UNRECOGNIZED, PixelFormat.NONE));
        return choices("pixelFormats", pixelFormats, PixelFormat.class, all);
    }

    /** The value of that name, as users write it. */
    private static <E extends Enum<E>> E choice(String option, String name, E[] values) {
        return Arrays.stream(values).filter(value -> value.name().equalsIgnoreCase(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        option + " is '" + name + "'; accepted are " + Arrays.stream(values)
                                .map(value -> value.name().toLowerCase(Locale.ROOT)).collect(Collectors.joining(", "))));
    }

    private static <E extends Enum<E>> Set<E> choices(String option, String names, Class<E> type, Set<E> all) {
        if (names == null || names.isBlank()) {
            return all;
        }
        return Arrays.stream(names.split(",")).map(String::trim).map(name -> all.stream()
                .filter(value -> value.name().equalsIgnoreCase(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        option + " has '" + name + "'; accepted are " + all.stream().map(Enum::name).collect(Collectors.joining(", ")))))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(type)));
    }

    private static void requireRange(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(option + " is " + value + "; it must be from " + least + " to " + most);
        }
    }

    private static void requireTogether(String first, String firstValue, String second, String secondValue) {
        if ((firstValue == null) != (secondValue == null)) {
            throw new IllegalArgumentException(
                    (firstValue == null ? second : first) + " is set and " + (firstValue == null ? first : second)
                                               + " is not; they belong together");
        }
    }

    public String getHost() {
        return host;
    }

    /**
     * Host name or address to listen on; 0.0.0.0 for all addresses of the machine.
     */
    public void setHost(String host) {
        this.host = host;
    }

    public int getPort() {
        return port;
    }

    /**
     * Port to listen on; 0 takes any that is free.
     */
    public void setPort(int port) {
        this.port = port;
    }

    public String getUsername() {
        return username;
    }

    /**
     * User name that nodes must show, together with the password, in the x-ms-authentication metadata of a session. When it is
     * set, sessions without it are refused.
     */
    public void setUsername(String username) {
        this.username = username;
    }

    public String getPassword() {
        return password;
    }

    /**
     * Password that belongs to the user name.
     */
    public void setPassword(String password) {
        this.password = password;
    }

    public SSLContextParameters getSslContextParameters() {
        return sslContextParameters;
    }

    /**
     * TLS by Camel's SSL configuration. With client authentication REQUIRE in its server parameters nodes must show a
     * certificate.
     */
    public void setSslContextParameters(SSLContextParameters sslContextParameters) {
        this.sslContextParameters = sslContextParameters;
    }

    public String getKeyCertChainResource() {
        return keyCertChainResource;
    }

    /**
     * TLS by PEM files: the certificate chain, its own certificate first. Nodes check that it names the host in their URL. Can be
     * loaded from the file system (prefix file:) or the classpath (prefix classpath:).
     */
    public void setKeyCertChainResource(String keyCertChainResource) {
        this.keyCertChainResource = keyCertChainResource;
    }

    public String getKeyResource() {
        return keyResource;
    }

    /**
     * TLS by PEM files: the private key of the certificate, in PKCS#8.
     */
    public void setKeyResource(String keyResource) {
        this.keyResource = keyResource;
    }

    public String getKeyPassword() {
        return keyPassword;
    }

    /**
     * TLS by PEM files: the password of the private key, if it is encrypted.
     */
    public void setKeyPassword(String keyPassword) {
        this.keyPassword = keyPassword;
    }

    public String getTrustCertCollectionResource() {
        return trustCertCollectionResource;
    }

    /**
     * TLS by PEM files: the certificates that those of nodes must come from. When it is set, nodes without such a certificate are
     * refused (mutual TLS).
     */
    public void setTrustCertCollectionResource(String trustCertCollectionResource) {
        this.trustCertCollectionResource = trustCertCollectionResource;
    }

    public int getMaxMessageSize() {
        return maxMessageSize;
    }

    /**
     * The largest message that is received and the largest frame that is served, in bytes. A descriptor that announces larger
     * frames is refused.
     */
    public void setMaxMessageSize(int maxMessageSize) {
        this.maxMessageSize = maxMessageSize;
    }

    public String getSharedMemoryDirectory() {
        return sharedMemoryDirectory;
    }

    /**
     * The directory where the handles of shared memory are looked up.
     */
    public void setSharedMemoryDirectory(String sharedMemoryDirectory) {
        this.sharedMemoryDirectory = sharedMemoryDirectory;
    }

    public String getExtensionIdentifier() {
        return extensionIdentifier;
    }

    /**
     * The name of this extension, sent to nodes in the answer to their descriptor.
     */
    public void setExtensionIdentifier(String extensionIdentifier) {
        this.extensionIdentifier = extensionIdentifier;
    }

    public int getMaxInFlight() {
        return maxInFlight;
    }

    /**
     * How many frames of one session are in the route at once; what happens to more is decided by the option overflow.
     */
    public void setMaxInFlight(int maxInFlight) {
        this.maxInFlight = maxInFlight;
    }

    public String getOverflow() {
        return overflow;
    }

    /**
     * What happens when a session has maxInFlight frames in the route. With block no more are read, so that gRPC's flow control
     * holds the node. With skip the oldest waiting frame is acknowledged without inferences, so that the route always sees the
     * freshest.
     */
    public void setOverflow(String overflow) {
        this.overflow = overflow;
    }

    public boolean isOrdered() {
        return ordered;
    }

    /**
     * Whether frames are answered in the order they came, also when later ones are done earlier; otherwise as they are done.
     */
    public void setOrdered(boolean ordered) {
        this.ordered = ordered;
    }

    public int getMaxSessions() {
        return maxSessions;
    }

    /**
     * How many sessions are served at once; more are refused with RESOURCE_EXHAUSTED.
     */
    public void setMaxSessions(int maxSessions) {
        this.maxSessions = maxSessions;
    }

    public String getEncodings() {
        return encodings;
    }

    /**
     * The encodings of pictures that are served, separated by comma: RAW, JPG, BMP, PNG. All by default. A session that announces
     * another one is refused.
     */
    public void setEncodings(String encodings) {
        this.encodings = encodings;
    }

    public String getPixelFormats() {
        return pixelFormats;
    }

    /**
     * The pixel formats of RAW pictures that are served, separated by comma: YUV420P, RGB565BE, RGB565LE, RGB555BE, RGB555LE,
     * RGB24, BGR24, ARGB, RGBA, ABGR, BGRA. All by default. A session that announces another one is refused.
     */
    public void setPixelFormats(String pixelFormats) {
        this.pixelFormats = pixelFormats;
    }

    public boolean isSharedMemory() {
        return sharedMemory;
    }

    /**
     * Whether frames may come through shared memory. When false, sessions that offer it are refused and told to embed frames in
     * messages.
     */
    public void setSharedMemory(boolean sharedMemory) {
        this.sharedMemory = sharedMemory;
    }

    public String getSharedMemoryAccess() {
        return sharedMemoryAccess;
    }

    /**
     * How frames in shared memory are read. With copy each is copied once into a buffer of its own, safe whatever the sender does.
     * With map the body is a view of the shared region without any copy: only for senders that are trusted not to truncate it, and
     * valid only until the exchange completes, since the sender writes another frame there after the acknowledgement.
     */
    public void setSharedMemoryAccess(String sharedMemoryAccess) {
        this.sharedMemoryAccess = sharedMemoryAccess;
    }

    public String getOnFailure() {
        return onFailure;
    }

    /**
     * What a failure in the route does to the session. With ack the frame is answered without inferences and the session goes on.
     * With close the session is ended with INTERNAL.
     */
    public void setOnFailure(String onFailure) {
        this.onFailure = onFailure;
    }

    public boolean isMuteException() {
        return muteException;
    }

    /**
     * Whether the text of a route's exception is kept from the node when onFailure=close ends its session.
     */
    public void setMuteException(boolean muteException) {
        this.muteException = muteException;
    }

    public int getPoolSize() {
        return poolSize;
    }

    /**
     * How many threads run the route, for all sessions together. Threads are made as frames come, and end when they have been idle
     * for a minute. Asynchronous routes, whose frames wait without a thread, need few.
     */
    public void setPoolSize(int poolSize) {
        this.poolSize = poolSize;
    }
}
