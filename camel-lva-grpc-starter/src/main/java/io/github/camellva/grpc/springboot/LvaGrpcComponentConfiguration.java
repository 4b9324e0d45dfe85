package io.github.camellva.grpc.springboot;

import org.apache.camel.spring.boot.ComponentConfigurationPropertiesCommon;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Options of the component, as {@code camel.component.lvagrpc.*}. Those that are not set stay as the component has them, or as
 * whoever made it a bean has set them. Written by PropertiesTest.
 */
@ConfigurationProperties(prefix = LvaGrpcComponentConfiguration.PREFIX, ignoreUnknownFields = false)
public class LvaGrpcComponentConfiguration extends ComponentConfigurationPropertiesCommon {

    public static final String PREFIX = "camel.component.lvagrpc";

    /**
     * What the endpoints of this component have in common. Each begins with a copy, in which its URI overrides what it
     * names. The name of a bean, with # before it.
     */
    private String configuration;

    /**
     * Host name or address of endpoints whose URI has none.
     */
    private String host;

    /**
     * What becomes of inferences that no model can mean: boxes far outside of the picture, which mostly are pixels, and
     * confidences above 1, which mostly are percent. With warn a line names the first of a session with its JSON path
     * and the likely cause; with refuse the frame fails; with accept nothing is said.
     */
    private String invalidInferences;

    /**
     * How many frames of one session may be in the route at once; the option overflow decides what happens to more. For
     * a producer, how many samples of one session may be unanswered; the option whenFull decides what happens to more.
     * Some extensions answer a frame only when the next one arrives, so a producer needs 2 or more.
     */
    private Integer maxInFlight;

    /**
     * Largest message to receive and largest frame to serve or send, in bytes. A descriptor that announces larger
     * frames is refused.
     */
    private Integer maxMessageSize;

    /**
     * Maximum number of open sessions. A consumer refuses more with RESOURCE_EXHAUSTED.
     */
    private Integer maxSessions;

    /**
     * Port of endpoints whose URI has none; 0 takes any that is free.
     */
    private Integer port;

    /**
     * Directory of shared memory files. A producer creates its files there.
     */
    private String sharedMemoryDirectory;

    /**
     * Allows for bridging the consumer to the Camel routing Error Handler, which mean any exceptions (if possible)
     * occurred while the Camel consumer is trying to pickup incoming messages, or the likes, will now be processed as a
     * message and handled by the routing Error Handler. Important: This is only possible if the 3rd party component
     * allows Camel to be alerted if an exception was thrown. Some components handle this internally only, and therefore
     * bridgeErrorHandler is not possible. In other situations we may improve the Camel component to hook into the 3rd
     * party component and make this possible for future releases. By default the consumer will use the
     * org.apache.camel.spi.ExceptionHandler to deal with exceptions, that will be logged at WARN or ERROR level and
     * ignored.
     */
    private Boolean bridgeErrorHandler;

    /**
     * Encodings of pictures to serve, separated by commas: RAW, JPG, BMP, PNG. All by default. A session that announces
     * another one is refused.
     */
    private String encodings;

    /**
     * Name of this extension, sent to nodes in the answer to their descriptor.
     */
    private String extensionIdentifier;

    /**
     * Whether to hide the message of a route's exception from the node when onFailure=close ends its session.
     */
    private Boolean muteException;

    /**
     * What a failure in the route does to the session. With ack the frame is acknowledged alone, as not processed, and
     * the session goes on. With close the session ends with INTERNAL.
     */
    private String onFailure;

    /**
     * Whether to answer frames in the order they came, even when later ones finish earlier; otherwise in the order they
     * finish.
     */
    private Boolean ordered;

    /**
     * What happens when a session has maxInFlight frames in the route. With block it stops reading, so that gRPC's flow
     * control holds the node back. With skip it acknowledges the oldest waiting frame as not processed, so that the
     * route always sees the freshest.
     */
    private String overflow;

    /**
     * Pixel formats of RAW pictures to serve, separated by commas: YUV420P, RGB565BE, RGB565LE, RGB555BE, RGB555LE,
     * RGB24, BGR24, ARGB, RGBA, ABGR, BGRA. All by default. A session that announces another one is refused.
     */
    private String pixelFormats;

    /**
     * Who may send frames through shared memory. If true, any node. If local, only nodes with an address of this
     * machine; containers that share its IPC have their own addresses. If false, nobody. The status of a refused
     * session tells the node to embed frames.
     */
    private String sharedMemory;

    /**
     * How to read frames in shared memory. With copy, each frame is copied once into its own buffer, which is safe
     * whatever the sender does. With map, the body is a view of the shared region, without a copy. Use it only with
     * senders that are trusted not to truncate the file. The view is valid until the exchange completes, since the
     * sender reuses the region after the acknowledgement.
     */
    private String sharedMemoryAccess;

    /**
     * How pictures are sent: embedded in messages, or in sharedMemory.
     */
    private String dataTransfer;

    /**
     * Encoding of sent pictures: RAW, JPG, PNG or BMP. If it is not set, the header CamelLvaGrpcEncoding provides it. A
     * body with another encoding is converted.
     */
    private String encoding;

    /**
     * What the descriptor tells the extension, for instance which model to use.
     */
    private String extensionConfiguration;

    /**
     * Name of the pipeline in the descriptor, usually that of the camera. If it is not set, the header
     * CamelLvaGrpcGraphInstanceName provides it, so that each camera has its own session.
     */
    private String graphInstanceName;

    /**
     * Name of the extension node in the descriptor.
     */
    private String graphNodeName;

    /**
     * Height of sent pictures, in pixels. Pictures of another size are scaled as scaleMode says. 0 leaves the size
     * unchanged.
     */
    private Integer height;

    /**
     * Quality of JPG pictures, from 0 to 100.
     */
    private Integer jpegQuality;

    /**
     * Whether the producer should be started lazy (on the first message). By starting lazy you can use this to allow
     * CamelContext and routes to startup in situations where a producer may otherwise fail during starting and cause
     * the route to fail being started. By deferring this startup to be lazy then the startup failure can be handled
     * during routing messages via Camel's routing error handlers. Beware that when the first message is processed then
     * creating and starting the producer may take a little time and prolong the total processing time of the
     * processing.
     */
    private Boolean lazyStartProducer;

    /**
     * Maximum rate of samples for one graph instance. Further samples are not sent: their exchanges return at once with
     * an empty list and the header CamelLvaGrpcSampledOut. 0 sends all.
     */
    private Double maximumSamplesPerSecond;

    /**
     * Azure Resource Manager id of the account in the descriptor.
     */
    private String mediaServicesArmId;

    /**
     * What happens to an exchange whose frame the extension acknowledged but did not process, because the frame failed
     * or was skipped there. With accept the exchange completes with an empty body and the header CamelLvaGrpcOutcome
     * set to notProcessed. With fail it fails with an exception.
     */
    private String onNotProcessed;

    /**
     * What happens to a JPG picture whose end is missing, such as a file that is still being written: send logs a
     * warning and sends it, fail fails its exchange.
     */
    private String onTruncated;

    /**
     * Pixel format of sent RAW pictures. If it is not set, the header CamelLvaGrpcPixelFormat provides it. A body in
     * another format is converted.
     */
    private String pixelFormat;

    /**
     * How long to wait for the extension's descriptor and for each answer, in milliseconds. Then the exchange fails and
     * makes room for another. If the extension neither reads nor answers for that long, its session ends.
     */
    private Long responseTimeout;

    /**
     * How to scale a picture to width x height: pad keeps its shape and adds black bars, preserveAspectRatio keeps its
     * shape and may make it smaller in one direction, stretch distorts it. Boxes in answers are mapped back to the
     * original picture.
     */
    private String scaleMode;

    /**
     * Permissions of the shared memory file, octal. Published extensions open it for writing, often as another user.
     */
    private String sharedMemoryChmod;

    /**
     * Size of each session's shared memory, in MiB; it must hold all frames in flight.
     */
    private Integer sharedMemorySizeMiB;

    /**
     * Whether to hold back samples without inferences of earlier steps (header CamelLvaGrpcInferences). Their exchanges
     * return at once with an empty list and the header CamelLvaGrpcSampledOut.
     */
    private Boolean skipSamplesWithoutAnnotation;

    /**
     * Bytes from one row of a RAW picture to the next; 0 for rows without padding.
     */
    private Integer strideBytes;

    /**
     * Ticks per second of timestamps. If it is not set, the header CamelLvaGrpcTimescale provides it.
     */
    private Integer timescale;

    /**
     * What happens to an exchange when a session has maxInFlight unanswered samples or its shared memory is full: block
     * waits for room, at most responseTimeout; fail fails at once.
     */
    private String whenFull;

    /**
     * Width of sent pictures, in pixels. Pictures of another size are scaled as scaleMode says. 0 leaves the size
     * unchanged.
     */
    private Integer width;

    /**
     * How many milliseconds without a sample close a session; the next sample opens another.
     */
    private Long sessionIdleTimeout;

    /**
     * Whether autowiring is enabled. This is used for automatic autowiring options (the option must be marked as
     * autowired) by looking up in the registry to find if there is a single instance of matching type, which then gets
     * configured on the component. This can be used for automatic configuring JDBC data sources, JMS connection
     * factories, AWS Clients, etc.
     */
    private Boolean autowiredEnabled;

    /**
     * How many pipelines (pairs of graph instance and graph node) of an endpoint have their own meters. Further ones
     * are counted together as other, so that no node can fill a metrics server with names.
     */
    private Integer maxMeteredPipelines;

    /**
     * Declares that the route never blocks: no I/O, no locks, no long computation. It then runs on gRPC's own thread,
     * for a producer from the answer on, which saves a thread switch; worthwhile for many small frames. A route that
     * blocks all the same delays every session of its connection; a warning names it. On that thread a frame never
     * waits for room, whatever whenFull says: it fails.
     */
    private Boolean nonBlocking;

    /**
     * Maximum number of threads for the route, shared by all sessions. Threads start as frames come, and end after an
     * idle minute. Asynchronous routes, whose frames wait without a thread, need few.
     */
    private Integer poolSize;

    /**
     * Used for enabling or disabling all consumer based health checks from this component.
     */
    private Boolean healthCheckConsumerEnabled;

    /**
     * Used for enabling or disabling all producer based health checks from this component. Notice: Camel has by default
     * disabled all producer based health-checks. You can turn on producer checks globally by setting
     * camel.health.producersEnabled=true.
     */
    private Boolean healthCheckProducerEnabled;

    /**
     * From which share of failures among the last healthWindow frames on the health check is DOWN, above 0 and up to 1.
     * That of a producer is DOWN as well when the extension has processed none of them.
     */
    private Double healthFailureRatio;

    /**
     * By how many of the last frames health is judged. Fewer than 10 are not judged, nor is what ended more than five
     * minutes ago. 0 judges none.
     */
    private Integer healthWindow;

    /**
     * Milliseconds that a connection may take for TLS and HTTP/2, and then a session for its descriptor.
     */
    private Long handshakeTimeout;

    /**
     * Milliseconds of silence, 10000 or more, after which a peer is sent an HTTP/2 PING. Without an answer within 20
     * seconds, or within this time if it is shorter, the connection is closed.
     */
    private Long keepAliveTime;

    /**
     * TLS with PEM files: the certificate chain, starting with this side's own certificate. Nodes check that it names
     * the host in their URL. Can be loaded from the file system (prefix file:) or the classpath (prefix classpath:).
     */
    private String keyCertChainResource;

    /**
     * TLS with PEM files: the password of the private key, if it is encrypted.
     */
    private String keyPassword;

    /**
     * TLS with PEM files: the private key of the certificate, in PKCS#8.
     */
    private String keyResource;

    /**
     * Maximum length of extension_configuration in a descriptor, in characters; a longer one is refused with
     * INVALID_ARGUMENT.
     */
    private Integer maxConfigurationLength;

    /**
     * Milliseconds after which a connection without calls is closed with GOAWAY; nodes open another when they need it.
     */
    private Long maxConnectionIdle;

    /**
     * Maximum number of connections at once; more are closed with GOAWAY (ENHANCE_YOUR_CALM). By default maxSessions
     * and 100 for health checks and nodes that connect anew.
     */
    private Integer maxConnections;

    /**
     * Maximum number of connections from one remote address at once; more are closed with GOAWAY (ENHANCE_YOUR_CALM).
     * By default half of maxConnections, and no limit for this machine's loopback addresses.
     */
    private Integer maxConnectionsPerPeer;

    /**
     * Maximum size of a call's metadata, in bytes; more is refused.
     */
    private Integer maxMetadataSize;

    /**
     * Maximum length of graph_instance_name, graph_node_name and media_services_arm_id in a descriptor, in characters;
     * longer ones are refused with INVALID_ARGUMENT.
     */
    private Integer maxNameLength;

    /**
     * Milliseconds after which a session in which no message came ends with UNAVAILABLE; earlier frames are answered
     * first. It must exceed the longest pause of a camera.
     */
    private Long maxSessionIdle;

    /**
     * Maximum number of sessions from one remote address at once; more are refused with RESOURCE_EXHAUSTED. Nodes
     * behind the same NAT share an address; an IPv6 /64 network counts as one address. By default half of maxSessions,
     * and no limit for this machine's loopback addresses.
     */
    private Integer maxSessionsPerPeer;

    /**
     * Milliseconds that a message may take from its first byte to its last. Until then, half a message holds memory.
     * Raise it for large frames on slow networks.
     */
    private Long messageTimeout;

    /**
     * Password for the user name.
     */
    private String password;

    /**
     * Milliseconds that answers may wait for the node to take them, also after the session's end; then its stream is
     * reset.
     */
    private Long sendTimeout;

    /**
     * TLS with Camel's SSL configuration. If its server parameters set client authentication to REQUIRE, nodes must
     * present a certificate. The name of a bean, with # before it.
     */
    private String sslContextParameters;

    /**
     * TLS with PEM files: the authorities that must have issued the peer's certificate. When it is set on a consumer,
     * nodes without such a certificate are refused (mutual TLS).
     */
    private String trustCertCollectionResource;

    /**
     * Enable usage of global SSL context parameters.
     */
    private Boolean useGlobalSslContextParameters;

    /**
     * User name that nodes must send, together with the password, in the x-ms-authentication metadata of a session.
     * When it is set, sessions without it are refused. A producer sends it.
     */
    private String username;

    public String getConfiguration() {
        return configuration;
    }

    public void setConfiguration(String configuration) {
        this.configuration = configuration;
    }

    public String getHost() {
        return host;
    }

    public void setHost(String host) {
        this.host = host;
    }

    public String getInvalidInferences() {
        return invalidInferences;
    }

    public void setInvalidInferences(String invalidInferences) {
        this.invalidInferences = invalidInferences;
    }

    public Integer getMaxInFlight() {
        return maxInFlight;
    }

    public void setMaxInFlight(Integer maxInFlight) {
        this.maxInFlight = maxInFlight;
    }

    public Integer getMaxMessageSize() {
        return maxMessageSize;
    }

    public void setMaxMessageSize(Integer maxMessageSize) {
        this.maxMessageSize = maxMessageSize;
    }

    public Integer getMaxSessions() {
        return maxSessions;
    }

    public void setMaxSessions(Integer maxSessions) {
        this.maxSessions = maxSessions;
    }

    public Integer getPort() {
        return port;
    }

    public void setPort(Integer port) {
        this.port = port;
    }

    public String getSharedMemoryDirectory() {
        return sharedMemoryDirectory;
    }

    public void setSharedMemoryDirectory(String sharedMemoryDirectory) {
        this.sharedMemoryDirectory = sharedMemoryDirectory;
    }

    public Boolean getBridgeErrorHandler() {
        return bridgeErrorHandler;
    }

    public void setBridgeErrorHandler(Boolean bridgeErrorHandler) {
        this.bridgeErrorHandler = bridgeErrorHandler;
    }

    public String getEncodings() {
        return encodings;
    }

    public void setEncodings(String encodings) {
        this.encodings = encodings;
    }

    public String getExtensionIdentifier() {
        return extensionIdentifier;
    }

    public void setExtensionIdentifier(String extensionIdentifier) {
        this.extensionIdentifier = extensionIdentifier;
    }

    public Boolean getMuteException() {
        return muteException;
    }

    public void setMuteException(Boolean muteException) {
        this.muteException = muteException;
    }

    public String getOnFailure() {
        return onFailure;
    }

    public void setOnFailure(String onFailure) {
        this.onFailure = onFailure;
    }

    public Boolean getOrdered() {
        return ordered;
    }

    public void setOrdered(Boolean ordered) {
        this.ordered = ordered;
    }

    public String getOverflow() {
        return overflow;
    }

    public void setOverflow(String overflow) {
        this.overflow = overflow;
    }

    public String getPixelFormats() {
        return pixelFormats;
    }

    public void setPixelFormats(String pixelFormats) {
        this.pixelFormats = pixelFormats;
    }

    public String getSharedMemory() {
        return sharedMemory;
    }

    public void setSharedMemory(String sharedMemory) {
        this.sharedMemory = sharedMemory;
    }

    public String getSharedMemoryAccess() {
        return sharedMemoryAccess;
    }

    public void setSharedMemoryAccess(String sharedMemoryAccess) {
        this.sharedMemoryAccess = sharedMemoryAccess;
    }

    public String getDataTransfer() {
        return dataTransfer;
    }

    public void setDataTransfer(String dataTransfer) {
        this.dataTransfer = dataTransfer;
    }

    public String getEncoding() {
        return encoding;
    }

    public void setEncoding(String encoding) {
        this.encoding = encoding;
    }

    public String getExtensionConfiguration() {
        return extensionConfiguration;
    }

    public void setExtensionConfiguration(String extensionConfiguration) {
        this.extensionConfiguration = extensionConfiguration;
    }

    public String getGraphInstanceName() {
        return graphInstanceName;
    }

    public void setGraphInstanceName(String graphInstanceName) {
        this.graphInstanceName = graphInstanceName;
    }

    public String getGraphNodeName() {
        return graphNodeName;
    }

    public void setGraphNodeName(String graphNodeName) {
        this.graphNodeName = graphNodeName;
    }

    public Integer getHeight() {
        return height;
    }

    public void setHeight(Integer height) {
        this.height = height;
    }

    public Integer getJpegQuality() {
        return jpegQuality;
    }

    public void setJpegQuality(Integer jpegQuality) {
        this.jpegQuality = jpegQuality;
    }

    public Boolean getLazyStartProducer() {
        return lazyStartProducer;
    }

    public void setLazyStartProducer(Boolean lazyStartProducer) {
        this.lazyStartProducer = lazyStartProducer;
    }

    public Double getMaximumSamplesPerSecond() {
        return maximumSamplesPerSecond;
    }

    public void setMaximumSamplesPerSecond(Double maximumSamplesPerSecond) {
        this.maximumSamplesPerSecond = maximumSamplesPerSecond;
    }

    public String getMediaServicesArmId() {
        return mediaServicesArmId;
    }

    public void setMediaServicesArmId(String mediaServicesArmId) {
        this.mediaServicesArmId = mediaServicesArmId;
    }

    public String getOnNotProcessed() {
        return onNotProcessed;
    }

    public void setOnNotProcessed(String onNotProcessed) {
        this.onNotProcessed = onNotProcessed;
    }

    public String getOnTruncated() {
        return onTruncated;
    }

    public void setOnTruncated(String onTruncated) {
        this.onTruncated = onTruncated;
    }

    public String getPixelFormat() {
        return pixelFormat;
    }

    public void setPixelFormat(String pixelFormat) {
        this.pixelFormat = pixelFormat;
    }

    public Long getResponseTimeout() {
        return responseTimeout;
    }

    public void setResponseTimeout(Long responseTimeout) {
        this.responseTimeout = responseTimeout;
    }

    public String getScaleMode() {
        return scaleMode;
    }

    public void setScaleMode(String scaleMode) {
        this.scaleMode = scaleMode;
    }

    public String getSharedMemoryChmod() {
        return sharedMemoryChmod;
    }

    public void setSharedMemoryChmod(String sharedMemoryChmod) {
        this.sharedMemoryChmod = sharedMemoryChmod;
    }

    public Integer getSharedMemorySizeMiB() {
        return sharedMemorySizeMiB;
    }

    public void setSharedMemorySizeMiB(Integer sharedMemorySizeMiB) {
        this.sharedMemorySizeMiB = sharedMemorySizeMiB;
    }

    public Boolean getSkipSamplesWithoutAnnotation() {
        return skipSamplesWithoutAnnotation;
    }

    public void setSkipSamplesWithoutAnnotation(Boolean skipSamplesWithoutAnnotation) {
        this.skipSamplesWithoutAnnotation = skipSamplesWithoutAnnotation;
    }

    public Integer getStrideBytes() {
        return strideBytes;
    }

    public void setStrideBytes(Integer strideBytes) {
        this.strideBytes = strideBytes;
    }

    public Integer getTimescale() {
        return timescale;
    }

    public void setTimescale(Integer timescale) {
        this.timescale = timescale;
    }

    public String getWhenFull() {
        return whenFull;
    }

    public void setWhenFull(String whenFull) {
        this.whenFull = whenFull;
    }

    public Integer getWidth() {
        return width;
    }

    public void setWidth(Integer width) {
        this.width = width;
    }

    public Long getSessionIdleTimeout() {
        return sessionIdleTimeout;
    }

    public void setSessionIdleTimeout(Long sessionIdleTimeout) {
        this.sessionIdleTimeout = sessionIdleTimeout;
    }

    public Boolean getAutowiredEnabled() {
        return autowiredEnabled;
    }

    public void setAutowiredEnabled(Boolean autowiredEnabled) {
        this.autowiredEnabled = autowiredEnabled;
    }

    public Integer getMaxMeteredPipelines() {
        return maxMeteredPipelines;
    }

    public void setMaxMeteredPipelines(Integer maxMeteredPipelines) {
        this.maxMeteredPipelines = maxMeteredPipelines;
    }

    public Boolean getNonBlocking() {
        return nonBlocking;
    }

    public void setNonBlocking(Boolean nonBlocking) {
        this.nonBlocking = nonBlocking;
    }

    public Integer getPoolSize() {
        return poolSize;
    }

    public void setPoolSize(Integer poolSize) {
        this.poolSize = poolSize;
    }

    public Boolean getHealthCheckConsumerEnabled() {
        return healthCheckConsumerEnabled;
    }

    public void setHealthCheckConsumerEnabled(Boolean healthCheckConsumerEnabled) {
        this.healthCheckConsumerEnabled = healthCheckConsumerEnabled;
    }

    public Boolean getHealthCheckProducerEnabled() {
        return healthCheckProducerEnabled;
    }

    public void setHealthCheckProducerEnabled(Boolean healthCheckProducerEnabled) {
        this.healthCheckProducerEnabled = healthCheckProducerEnabled;
    }

    public Double getHealthFailureRatio() {
        return healthFailureRatio;
    }

    public void setHealthFailureRatio(Double healthFailureRatio) {
        this.healthFailureRatio = healthFailureRatio;
    }

    public Integer getHealthWindow() {
        return healthWindow;
    }

    public void setHealthWindow(Integer healthWindow) {
        this.healthWindow = healthWindow;
    }

    public Long getHandshakeTimeout() {
        return handshakeTimeout;
    }

    public void setHandshakeTimeout(Long handshakeTimeout) {
        this.handshakeTimeout = handshakeTimeout;
    }

    public Long getKeepAliveTime() {
        return keepAliveTime;
    }

    public void setKeepAliveTime(Long keepAliveTime) {
        this.keepAliveTime = keepAliveTime;
    }

    public String getKeyCertChainResource() {
        return keyCertChainResource;
    }

    public void setKeyCertChainResource(String keyCertChainResource) {
        this.keyCertChainResource = keyCertChainResource;
    }

    public String getKeyPassword() {
        return keyPassword;
    }

    public void setKeyPassword(String keyPassword) {
        this.keyPassword = keyPassword;
    }

    public String getKeyResource() {
        return keyResource;
    }

    public void setKeyResource(String keyResource) {
        this.keyResource = keyResource;
    }

    public Integer getMaxConfigurationLength() {
        return maxConfigurationLength;
    }

    public void setMaxConfigurationLength(Integer maxConfigurationLength) {
        this.maxConfigurationLength = maxConfigurationLength;
    }

    public Long getMaxConnectionIdle() {
        return maxConnectionIdle;
    }

    public void setMaxConnectionIdle(Long maxConnectionIdle) {
        this.maxConnectionIdle = maxConnectionIdle;
    }

    public Integer getMaxConnections() {
        return maxConnections;
    }

    public void setMaxConnections(Integer maxConnections) {
        this.maxConnections = maxConnections;
    }

    public Integer getMaxConnectionsPerPeer() {
        return maxConnectionsPerPeer;
    }

    public void setMaxConnectionsPerPeer(Integer maxConnectionsPerPeer) {
        this.maxConnectionsPerPeer = maxConnectionsPerPeer;
    }

    public Integer getMaxMetadataSize() {
        return maxMetadataSize;
    }

    public void setMaxMetadataSize(Integer maxMetadataSize) {
        this.maxMetadataSize = maxMetadataSize;
    }

    public Integer getMaxNameLength() {
        return maxNameLength;
    }

    public void setMaxNameLength(Integer maxNameLength) {
        this.maxNameLength = maxNameLength;
    }

    public Long getMaxSessionIdle() {
        return maxSessionIdle;
    }

    public void setMaxSessionIdle(Long maxSessionIdle) {
        this.maxSessionIdle = maxSessionIdle;
    }

    public Integer getMaxSessionsPerPeer() {
        return maxSessionsPerPeer;
    }

    public void setMaxSessionsPerPeer(Integer maxSessionsPerPeer) {
        this.maxSessionsPerPeer = maxSessionsPerPeer;
    }

    public Long getMessageTimeout() {
        return messageTimeout;
    }

    public void setMessageTimeout(Long messageTimeout) {
        this.messageTimeout = messageTimeout;
    }

    public String getPassword() {
        return password;
    }

    public void setPassword(String password) {
        this.password = password;
    }

    public Long getSendTimeout() {
        return sendTimeout;
    }

    public void setSendTimeout(Long sendTimeout) {
        this.sendTimeout = sendTimeout;
    }

    public String getSslContextParameters() {
        return sslContextParameters;
    }

    public void setSslContextParameters(String sslContextParameters) {
        this.sslContextParameters = sslContextParameters;
    }

    public String getTrustCertCollectionResource() {
        return trustCertCollectionResource;
    }

    public void setTrustCertCollectionResource(String trustCertCollectionResource) {
        this.trustCertCollectionResource = trustCertCollectionResource;
    }

    public Boolean getUseGlobalSslContextParameters() {
        return useGlobalSslContextParameters;
    }

    public void setUseGlobalSslContextParameters(Boolean useGlobalSslContextParameters) {
        this.useGlobalSslContextParameters = useGlobalSslContextParameters;
    }

    public String getUsername() {
        return username;
    }

    public void setUsername(String username) {
        this.username = username;
    }
}
