package io.github.camellva.grpc;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.jsse.SSLContextParameters;

/**
 * The options of an endpoint, as users write them; {@link ConsumerOptions} and {@link ProducerOptions} read them. Those of the
 * component are what its endpoints begin with.
 */
@UriParams
public class LvaGrpcConfiguration implements Cloneable {

    /** No port yet, as opposed to 0, which takes any that is free. */
    private static final int UNSET = -1;
    /** Digits alone are a port. An IPv6 address in brackets has colons of its own. */
    private static final Pattern ADDRESS = Pattern.compile("(?<host>\\[[^]]+]|(?!\\d{1,9}$)[^:]+)?:?(?<port>(?<=:|^)\\d{1,9})?");

    @UriPath
    @Metadata
    private String host;
    @UriPath
    @Metadata
    private int port = UNSET;

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

    @UriParam(defaultValue = "warn", enums = "accept,warn,refuse")
    private String invalidInferences = "warn";
    @UriParam(label = "health", defaultValue = "0.5")
    private double healthFailureRatio = 0.5;
    @UriParam(label = "health", defaultValue = "100")
    private int healthWindow = 100;

    @UriParam(label = "consumer", defaultValue = "camel-lva-grpc")
    private String extensionIdentifier = "camel-lva-grpc";
    @UriParam(defaultValue = "8")
    private int maxInFlight = 8;
    @UriParam(label = "consumer", defaultValue = "block", enums = "block,skip")
    private String overflow = "block";
    @UriParam(label = "consumer", defaultValue = "true")
    private boolean ordered = true;
    @UriParam(defaultValue = "1000")
    private int maxSessions = 1000;
    @UriParam(label = "consumer")
    private String encodings;
    @UriParam(label = "consumer")
    private String pixelFormats;
    @UriParam(label = "consumer", defaultValue = "true", enums = "true,local,false")
    private String sharedMemory = "true";
    @UriParam(label = "consumer", defaultValue = "copy", enums = "copy,map")
    private String sharedMemoryAccess = "copy";
    @UriParam(label = "consumer", defaultValue = "ack", enums = "ack,close")
    private String onFailure = "ack";
    @UriParam(label = "consumer", defaultValue = "true")
    private boolean muteException = true;
    @UriParam(label = "advanced", defaultValue = "64")
    private int poolSize = 64;
    @UriParam(label = "advanced", defaultValue = "false")
    private boolean nonBlocking;
    @UriParam(label = "consumer,security")
    private int maxSessionsPerPeer;
    @UriParam(label = "consumer,security")
    private int maxConnections;
    @UriParam(label = "consumer,security")
    private int maxConnectionsPerPeer;
    @UriParam(label = "consumer,security", defaultValue = "300000")
    private long maxConnectionIdle = 300_000;
    @UriParam(label = "consumer,security", defaultValue = "3600000")
    private long maxSessionIdle = 3_600_000;
    @UriParam(label = "consumer,security", defaultValue = "30000")
    private long handshakeTimeout = 30_000;
    @UriParam(label = "consumer,security", defaultValue = "60000")
    private long messageTimeout = 60_000;
    @UriParam(label = "consumer,security", defaultValue = "60000")
    private long sendTimeout = 60_000;
    @UriParam(label = "consumer,security", defaultValue = "60000")
    private long keepAliveTime = 60_000;
    @UriParam(label = "consumer,security", defaultValue = "1024")
    private int maxNameLength = 1024;
    @UriParam(label = "consumer,security", defaultValue = "65536")
    private int maxConfigurationLength = 65_536;
    @UriParam(label = "consumer,security", defaultValue = "8192")
    private int maxMetadataSize = 8192;

    @UriParam(label = "producer", defaultValue = "accept", enums = "accept,fail")
    private String onNotProcessed = "accept";
    @UriParam(label = "producer", defaultValue = "send", enums = "send,fail")
    private String onTruncated = "send";
    @UriParam(label = "producer")
    private String graphInstanceName;
    @UriParam(label = "producer")
    private String graphNodeName;
    @UriParam(label = "producer")
    private String mediaServicesArmId;
    @UriParam(label = "producer")
    private String extensionConfiguration;
    @UriParam(label = "producer", defaultValue = "RAW", enums = "RAW,JPG,PNG,BMP")
    private String encoding;
    @UriParam(label = "producer", defaultValue = "RGB24",
              enums = "YUV420P,RGB565BE,RGB565LE,RGB555BE,RGB555LE,RGB24,BGR24,ARGB,RGBA,ABGR,BGRA")
    private String pixelFormat;
    @UriParam(label = "producer")
    private int width;
    @UriParam(label = "producer")
    private int height;
    @UriParam(label = "producer")
    private int strideBytes;
    @UriParam(label = "producer", defaultValue = "90000")
    private Integer timescale;
    @UriParam(label = "producer", defaultValue = "pad", enums = "preserveAspectRatio,pad,stretch")
    private String scaleMode = "pad";
    @UriParam(label = "producer", defaultValue = "90")
    private int jpegQuality = 90;
    @UriParam(label = "producer")
    private double maximumSamplesPerSecond;
    @UriParam(label = "producer", defaultValue = "false")
    private boolean skipSamplesWithoutAnnotation;
    @UriParam(label = "producer", defaultValue = "embedded", enums = "embedded,sharedMemory")
    private String dataTransfer = "embedded";
    @UriParam(label = "producer", defaultValue = "20")
    private int sharedMemorySizeMiB = 20;
    @UriParam(label = "producer", defaultValue = "666")
    private String sharedMemoryChmod = "666";
    @UriParam(label = "producer", defaultValue = "block", enums = "block,fail")
    private String whenFull = "block";
    @UriParam(label = "producer", defaultValue = "20000")
    private long responseTimeout = 20_000;
    @UriParam(label = "producer,advanced", defaultValue = "60000")
    private long sessionIdleTimeout = 60_000;

    /** What an endpoint begins with. */
    LvaGrpcConfiguration copy() {
        try {
            return (LvaGrpcConfiguration) clone();
        } catch (CloneNotSupportedException e) {
            throw new RuntimeCamelException(e);
        }
    }

    /** Takes {@code host:port} apart, either of which may be left out: then it stays as it is. */
    void setAddress(String address) {
        Matcher parts = ADDRESS.matcher(address);
        if (parts.matches()) {
            host = parts.group("host") == null ? host : parts.group("host");
            port = parts.group("port") == null ? port : Integer.parseInt(parts.group("port"));
        }
        if (!parts.matches() || host == null || port == UNSET) {
            throw new IllegalArgumentException(
                    "'" + address + "' is not host:port; write for instance lvagrpc:0.0.0.0:5001 or lvagrpc:localhost:5001, or leave out"
                                               + " what is set on the component as camel.component.lvagrpc.host and"
                                               + " camel.component.lvagrpc.port");
        }
    }

    /** {@code host:port}, as in the endpoint's URI. */
    String address() {
        return host + ":" + port;
    }

    public String getHost() {
        return host;
    }

    /**
     * Host name or address to listen on; 0.0.0.0 for all addresses of the machine. For a producer, the host of the
     * extension. Required unless it is set on the component.
     */
    public void setHost(String host) {
        this.host = host;
    }

    public int getPort() {
        return port;
    }

    /**
     * Port to listen on; 0 takes any free port. For a producer, the port of the extension. Required unless it
     * is set on the component.
     */
    public void setPort(int port) {
        this.port = port;
    }

    public String getUsername() {
        return username;
    }

    /**
     * User name that nodes must send, together with the password, in the x-ms-authentication metadata of a session. When it is
     * set, sessions without it are refused. A producer sends it.
     */
    public void setUsername(String username) {
        this.username = username;
    }

    public String getPassword() {
        return password;
    }

    /**
     * Password for the user name.
     */
    public void setPassword(String password) {
        this.password = password;
    }

    public SSLContextParameters getSslContextParameters() {
        return sslContextParameters;
    }

    /**
     * TLS with Camel's SSL configuration. If its server parameters set client authentication to REQUIRE, nodes must present a
     * certificate.
     */
    public void setSslContextParameters(SSLContextParameters sslContextParameters) {
        this.sslContextParameters = sslContextParameters;
    }

    public String getKeyCertChainResource() {
        return keyCertChainResource;
    }

    /**
     * TLS with PEM files: the certificate chain, starting with this side's own certificate. Nodes check that it names the host
     * in their URL. Can be loaded from the file system (prefix file:) or the classpath (prefix classpath:).
     */
    public void setKeyCertChainResource(String keyCertChainResource) {
        this.keyCertChainResource = keyCertChainResource;
    }

    public String getKeyResource() {
        return keyResource;
    }

    /**
     * TLS with PEM files: the private key of the certificate, in PKCS#8.
     */
    public void setKeyResource(String keyResource) {
        this.keyResource = keyResource;
    }

    public String getKeyPassword() {
        return keyPassword;
    }

    /**
     * TLS with PEM files: the password of the private key, if it is encrypted.
     */
    public void setKeyPassword(String keyPassword) {
        this.keyPassword = keyPassword;
    }

    public String getTrustCertCollectionResource() {
        return trustCertCollectionResource;
    }

    /**
     * TLS with PEM files: the authorities that must have issued the peer's certificate. When it is set on a consumer, nodes
     * without such a certificate are refused (mutual TLS).
     */
    public void setTrustCertCollectionResource(String trustCertCollectionResource) {
        this.trustCertCollectionResource = trustCertCollectionResource;
    }

    public int getMaxMessageSize() {
        return maxMessageSize;
    }

    /**
     * Largest message to receive and largest frame to serve or send, in bytes. A descriptor that announces larger frames is
     * refused.
     */
    public void setMaxMessageSize(int maxMessageSize) {
        this.maxMessageSize = maxMessageSize;
    }

    public String getSharedMemoryDirectory() {
        return sharedMemoryDirectory;
    }

    /**
     * Directory of shared memory files. A producer creates its files there.
     */
    public void setSharedMemoryDirectory(String sharedMemoryDirectory) {
        this.sharedMemoryDirectory = sharedMemoryDirectory;
    }

    public String getInvalidInferences() {
        return invalidInferences;
    }

    /**
     * What becomes of inferences that no model can mean: boxes far outside of the picture, which mostly are pixels, and confidences
     * above 1, which mostly are percent. With warn a line names the first of a session with its JSON path and the likely cause;
     * with refuse the frame fails; with accept nothing is said.
     */
    public void setInvalidInferences(String invalidInferences) {
        this.invalidInferences = invalidInferences;
    }

    public double getHealthFailureRatio() {
        return healthFailureRatio;
    }

    /**
     * From which share of failures among the last healthWindow frames on the health check is DOWN, above 0 and up to 1. That of a
     * producer is DOWN as well when the extension has processed none of them.
     */
    public void setHealthFailureRatio(double healthFailureRatio) {
        this.healthFailureRatio = healthFailureRatio;
    }

    public int getHealthWindow() {
        return healthWindow;
    }

    /**
     * By how many of the last frames health is judged. Fewer than 10 are not judged, nor is what ended more than five minutes ago. 0
     * judges none.
     */
    public void setHealthWindow(int healthWindow) {
        this.healthWindow = healthWindow;
    }

    public String getExtensionIdentifier() {
        return extensionIdentifier;
    }

    /**
     * Name of this extension, sent to nodes in the answer to their descriptor.
     */
    public void setExtensionIdentifier(String extensionIdentifier) {
        this.extensionIdentifier = extensionIdentifier;
    }

    public int getMaxInFlight() {
        return maxInFlight;
    }

    /**
     * How many frames of one session may be in the route at once; the option overflow decides what happens to more. For a
     * producer, how many samples of one session may be unanswered; the option whenFull decides what happens to more. Some
     * extensions answer a frame only when the next one arrives, so a producer needs 2 or more.
     */
    public void setMaxInFlight(int maxInFlight) {
        this.maxInFlight = maxInFlight;
    }

    public String getOverflow() {
        return overflow;
    }

    /**
     * What happens when a session has maxInFlight frames in the route. With block it stops reading, so that gRPC's flow control
     * holds the node back. With skip it acknowledges the oldest waiting frame as not processed, so that the route always sees
     * the freshest.
     */
    public void setOverflow(String overflow) {
        this.overflow = overflow;
    }

    public boolean isOrdered() {
        return ordered;
    }

    /**
     * Whether to answer frames in the order they came, even when later ones finish earlier; otherwise in the order they finish.
     */
    public void setOrdered(boolean ordered) {
        this.ordered = ordered;
    }

    public int getMaxSessions() {
        return maxSessions;
    }

    /**
     * Maximum number of open sessions. A consumer refuses more with RESOURCE_EXHAUSTED.
     */
    public void setMaxSessions(int maxSessions) {
        this.maxSessions = maxSessions;
    }

    public String getEncodings() {
        return encodings;
    }

    /**
     * Encodings of pictures to serve, separated by commas: RAW, JPG, BMP, PNG. All by default. A session that announces another
     * one is refused.
     */
    public void setEncodings(String encodings) {
        this.encodings = encodings;
    }

    public String getPixelFormats() {
        return pixelFormats;
    }

    /**
     * Pixel formats of RAW pictures to serve, separated by commas: YUV420P, RGB565BE, RGB565LE, RGB555BE, RGB555LE, RGB24,
     * BGR24, ARGB, RGBA, ABGR, BGRA. All by default. A session that announces another one is refused.
     */
    public void setPixelFormats(String pixelFormats) {
        this.pixelFormats = pixelFormats;
    }

    public String getSharedMemory() {
        return sharedMemory;
    }

    /**
     * Who may send frames through shared memory. If true, any node. If local, only nodes with an address of this machine;
     * containers that share its IPC have their own addresses. If false, nobody. The status of a refused session tells the node
     * to embed frames.
     */
    public void setSharedMemory(String sharedMemory) {
        this.sharedMemory = sharedMemory;
    }

    public String getSharedMemoryAccess() {
        return sharedMemoryAccess;
    }

    /**
     * How to read frames in shared memory. With copy, each frame is copied once into its own buffer, which is safe whatever the
     * sender does. With map, the body is a view of the shared region, without a copy. Use it only with senders that are trusted
     * not to truncate the file. The view is valid until the exchange completes, since the sender reuses the region after the
     * acknowledgement.
     */
    public void setSharedMemoryAccess(String sharedMemoryAccess) {
        this.sharedMemoryAccess = sharedMemoryAccess;
    }

    public String getOnFailure() {
        return onFailure;
    }

    /**
     * What a failure in the route does to the session. With ack the frame is acknowledged alone, as not processed, and the
     * session goes on. With close the session ends with INTERNAL.
     */
    public void setOnFailure(String onFailure) {
        this.onFailure = onFailure;
    }

    public boolean isMuteException() {
        return muteException;
    }

    /**
     * Whether to hide the message of a route's exception from the node when onFailure=close ends its session.
     */
    public void setMuteException(boolean muteException) {
        this.muteException = muteException;
    }

    public int getPoolSize() {
        return poolSize;
    }

    /**
     * Maximum number of threads for the route, shared by all sessions. Threads start as frames come, and end after an idle
     * minute. Asynchronous routes, whose frames wait without a thread, need few.
     */
    public void setPoolSize(int poolSize) {
        this.poolSize = poolSize;
    }

    public boolean isNonBlocking() {
        return nonBlocking;
    }

    /**
     * Declares that the route never blocks: no I/O, no locks, no long computation. It then runs on gRPC's own thread, for a
     * producer from the answer on, which saves a thread switch; worthwhile for many small frames. A route that blocks all the
     * same delays every session of its connection; a warning names it. On that thread a frame never waits for room, whatever
     * whenFull says: it fails.
     */
    public void setNonBlocking(boolean nonBlocking) {
        this.nonBlocking = nonBlocking;
    }

    public int getMaxSessionsPerPeer() {
        return maxSessionsPerPeer;
    }

    /**
     * Maximum number of sessions from one remote address at once; more are refused with RESOURCE_EXHAUSTED. Nodes behind the
     * same NAT share an address; an IPv6 /64 network counts as one address. By default half of maxSessions, and no limit for this
     * machine's loopback addresses.
     */
    public void setMaxSessionsPerPeer(int maxSessionsPerPeer) {
        this.maxSessionsPerPeer = maxSessionsPerPeer;
    }

    public int getMaxConnections() {
        return maxConnections;
    }

    /**
     * Maximum number of connections at once; more are closed with GOAWAY (ENHANCE_YOUR_CALM). By default maxSessions and 100 for
     * health checks and nodes that connect anew.
     */
    public void setMaxConnections(int maxConnections) {
        this.maxConnections = maxConnections;
    }

    public int getMaxConnectionsPerPeer() {
        return maxConnectionsPerPeer;
    }

    /**
     * Maximum number of connections from one remote address at once; more are closed with GOAWAY (ENHANCE_YOUR_CALM). By default
     * half of maxConnections, and no limit for this machine's loopback addresses.
     */
    public void setMaxConnectionsPerPeer(int maxConnectionsPerPeer) {
        this.maxConnectionsPerPeer = maxConnectionsPerPeer;
    }

    public long getMaxConnectionIdle() {
        return maxConnectionIdle;
    }

    /**
     * Milliseconds after which a connection without calls is closed with GOAWAY; nodes open another when they need it.
     */
    public void setMaxConnectionIdle(long maxConnectionIdle) {
        this.maxConnectionIdle = maxConnectionIdle;
    }

    public long getMaxSessionIdle() {
        return maxSessionIdle;
    }

    /**
     * Milliseconds after which a session in which no message came ends with UNAVAILABLE; earlier frames are answered first. It
     * must exceed the longest pause of a camera.
     */
    public void setMaxSessionIdle(long maxSessionIdle) {
        this.maxSessionIdle = maxSessionIdle;
    }

    public long getHandshakeTimeout() {
        return handshakeTimeout;
    }

    /**
     * Milliseconds that a connection may take for TLS and HTTP/2, and then a session for its descriptor.
     */
    public void setHandshakeTimeout(long handshakeTimeout) {
        this.handshakeTimeout = handshakeTimeout;
    }

    public long getMessageTimeout() {
        return messageTimeout;
    }

    /**
     * Milliseconds that a message may take from its first byte to its last. Until then, half a message holds memory. Raise it
     * for large frames on slow networks.
     */
    public void setMessageTimeout(long messageTimeout) {
        this.messageTimeout = messageTimeout;
    }

    public long getSendTimeout() {
        return sendTimeout;
    }

    /**
     * Milliseconds that answers may wait for the node to take them, also after the session's end; then its stream is reset.
     */
    public void setSendTimeout(long sendTimeout) {
        this.sendTimeout = sendTimeout;
    }

    public long getKeepAliveTime() {
        return keepAliveTime;
    }

    /**
     * Milliseconds of silence, 10000 or more, after which a peer is sent an HTTP/2 PING. Without an answer within 20 seconds, or
     * within this time if it is shorter, the connection is closed.
     */
    public void setKeepAliveTime(long keepAliveTime) {
        this.keepAliveTime = keepAliveTime;
    }

    public int getMaxNameLength() {
        return maxNameLength;
    }

    /**
     * Maximum length of graph_instance_name, graph_node_name and media_services_arm_id in a descriptor, in characters; longer
     * ones are refused with INVALID_ARGUMENT.
     */
    public void setMaxNameLength(int maxNameLength) {
        this.maxNameLength = maxNameLength;
    }

    public int getMaxConfigurationLength() {
        return maxConfigurationLength;
    }

    /**
     * Maximum length of extension_configuration in a descriptor, in characters; a longer one is refused with INVALID_ARGUMENT.
     */
    public void setMaxConfigurationLength(int maxConfigurationLength) {
        this.maxConfigurationLength = maxConfigurationLength;
    }

    public int getMaxMetadataSize() {
        return maxMetadataSize;
    }

    /**
     * Maximum size of a call's metadata, in bytes; more is refused.
     */
    public void setMaxMetadataSize(int maxMetadataSize) {
        this.maxMetadataSize = maxMetadataSize;
    }

    public String getOnNotProcessed() {
        return onNotProcessed;
    }

    /**
     * What happens to an exchange whose frame the extension acknowledged but did not process, because the frame failed or was
     * skipped there. With accept the exchange completes with an empty body and the header CamelLvaGrpcOutcome set to
     * notProcessed. With fail it fails with an exception.
     */
    public void setOnNotProcessed(String onNotProcessed) {
        this.onNotProcessed = onNotProcessed;
    }

    public String getOnTruncated() {
        return onTruncated;
    }

    /**
     * What happens to a JPG picture whose end is missing, such as a file that is still being written: send logs a warning and sends
     * it, fail fails its exchange.
     */
    public void setOnTruncated(String onTruncated) {
        this.onTruncated = onTruncated;
    }

    public String getGraphInstanceName() {
        return graphInstanceName;
    }

    /**
     * Name of the pipeline in the descriptor, usually that of the camera. If it is not set, the header
     * CamelLvaGrpcGraphInstanceName provides it, so that each camera has its own session.
     */
    public void setGraphInstanceName(String graphInstanceName) {
        this.graphInstanceName = graphInstanceName;
    }

    public String getGraphNodeName() {
        return graphNodeName;
    }

    /**
     * Name of the extension node in the descriptor.
     */
    public void setGraphNodeName(String graphNodeName) {
        this.graphNodeName = graphNodeName;
    }

    public String getMediaServicesArmId() {
        return mediaServicesArmId;
    }

    /**
     * Azure Resource Manager id of the account in the descriptor.
     */
    public void setMediaServicesArmId(String mediaServicesArmId) {
        this.mediaServicesArmId = mediaServicesArmId;
    }

    public String getExtensionConfiguration() {
        return extensionConfiguration;
    }

    /**
     * What the descriptor tells the extension, for instance which model to use.
     */
    public void setExtensionConfiguration(String extensionConfiguration) {
        this.extensionConfiguration = extensionConfiguration;
    }

    public String getEncoding() {
        return encoding;
    }

    /**
     * Encoding of sent pictures: RAW, JPG, PNG or BMP. If it is not set, the header CamelLvaGrpcEncoding provides it. A body
     * with another encoding is converted.
     */
    public void setEncoding(String encoding) {
        this.encoding = encoding;
    }

    public String getPixelFormat() {
        return pixelFormat;
    }

    /**
     * Pixel format of sent RAW pictures. If it is not set, the header CamelLvaGrpcPixelFormat provides it. A body in another
     * format is converted.
     */
    public void setPixelFormat(String pixelFormat) {
        this.pixelFormat = pixelFormat;
    }

    public int getWidth() {
        return width;
    }

    /**
     * Width of sent pictures, in pixels. Pictures of another size are scaled as scaleMode says. 0 leaves the size unchanged.
     */
    public void setWidth(int width) {
        this.width = width;
    }

    public int getHeight() {
        return height;
    }

    /**
     * Height of sent pictures, in pixels. Pictures of another size are scaled as scaleMode says. 0 leaves the size unchanged.
     */
    public void setHeight(int height) {
        this.height = height;
    }

    public int getStrideBytes() {
        return strideBytes;
    }

    /**
     * Bytes from one row of a RAW picture to the next; 0 for rows without padding.
     */
    public void setStrideBytes(int strideBytes) {
        this.strideBytes = strideBytes;
    }

    public Integer getTimescale() {
        return timescale;
    }

    /**
     * Ticks per second of timestamps. If it is not set, the header CamelLvaGrpcTimescale provides it.
     */
    public void setTimescale(Integer timescale) {
        this.timescale = timescale;
    }

    public String getScaleMode() {
        return scaleMode;
    }

    /**
     * How to scale a picture to width x height: pad keeps its shape and adds black bars, preserveAspectRatio keeps its shape
     * and may make it smaller in one direction, stretch distorts it. Boxes in answers are mapped back to the original picture.
     */
    public void setScaleMode(String scaleMode) {
        this.scaleMode = scaleMode;
    }

    public int getJpegQuality() {
        return jpegQuality;
    }

    /**
     * Quality of JPG pictures, from 0 to 100.
     */
    public void setJpegQuality(int jpegQuality) {
        this.jpegQuality = jpegQuality;
    }

    public double getMaximumSamplesPerSecond() {
        return maximumSamplesPerSecond;
    }

    /**
     * Maximum rate of samples for one graph instance. Further samples are not sent: their exchanges return at once with an
     * empty list and the header CamelLvaGrpcSampledOut. 0 sends all.
     */
    public void setMaximumSamplesPerSecond(double maximumSamplesPerSecond) {
        this.maximumSamplesPerSecond = maximumSamplesPerSecond;
    }

    public boolean isSkipSamplesWithoutAnnotation() {
        return skipSamplesWithoutAnnotation;
    }

    /**
     * Whether to hold back samples without inferences of earlier steps (header CamelLvaGrpcInferences). Their exchanges return
     * at once with an empty list and the header CamelLvaGrpcSampledOut.
     */
    public void setSkipSamplesWithoutAnnotation(boolean skipSamplesWithoutAnnotation) {
        this.skipSamplesWithoutAnnotation = skipSamplesWithoutAnnotation;
    }

    public String getDataTransfer() {
        return dataTransfer;
    }

    /**
     * How pictures are sent: embedded in messages, or in sharedMemory.
     */
    public void setDataTransfer(String dataTransfer) {
        this.dataTransfer = dataTransfer;
    }

    public int getSharedMemorySizeMiB() {
        return sharedMemorySizeMiB;
    }

    /**
     * Size of each session's shared memory, in MiB; it must hold all frames in flight.
     */
    public void setSharedMemorySizeMiB(int sharedMemorySizeMiB) {
        this.sharedMemorySizeMiB = sharedMemorySizeMiB;
    }

    public String getSharedMemoryChmod() {
        return sharedMemoryChmod;
    }

    /**
     * Permissions of the shared memory file, octal. Published extensions open it for writing, often as another user.
     */
    public void setSharedMemoryChmod(String sharedMemoryChmod) {
        this.sharedMemoryChmod = sharedMemoryChmod;
    }

    public String getWhenFull() {
        return whenFull;
    }

    /**
     * What happens to an exchange when a session has maxInFlight unanswered samples or its shared memory is full: block waits
     * for room, at most responseTimeout; fail fails at once.
     */
    public void setWhenFull(String whenFull) {
        this.whenFull = whenFull;
    }

    public long getResponseTimeout() {
        return responseTimeout;
    }

    /**
     * How long to wait for the extension's descriptor and for each answer, in milliseconds. Then the exchange fails and makes
     * room for another. If the extension neither reads nor answers for that long, its session ends.
     */
    public void setResponseTimeout(long responseTimeout) {
        this.responseTimeout = responseTimeout;
    }

    public long getSessionIdleTimeout() {
        return sessionIdleTimeout;
    }

    /**
     * How many milliseconds without a sample close a session; the next sample opens another.
     */
    public void setSessionIdleTimeout(long sessionIdleTimeout) {
        this.sessionIdleTimeout = sessionIdleTimeout;
    }
}
