package io.github.camellva.grpc.springboot;

import org.apache.camel.spring.boot.ComponentConfigurationPropertiesCommon;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Options of the component, as {@code camel.component.lvavideo.*}. Those that are not set stay as the component has them, or as
 * whoever made it a bean has set them. Written by PropertiesTest.
 */
@ConfigurationProperties(prefix = LvaVideoComponentConfiguration.PREFIX, ignoreUnknownFields = false)
public class LvaVideoComponentConfiguration extends ComponentConfigurationPropertiesCommon {

    public static final String PREFIX = "camel.component.lvavideo";

    /**
     * What is done when a file has ended, or maxFrames have gone to the route, and the route has completed all of them.
     */
    private String atEnd;

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
     * What the endpoints of this component have in common. Each begins with a copy, in which its URI overrides what it
     * names. The name of a bean, with # before it.
     */
    private String configuration;

    /**
     * How long opening a source may take, and then once more a camera's first packet, in milliseconds. The lookup of a
     * host's name is not bounded by it.
     */
    private Long connectTimeout;

    /**
     * Which frames are decoded. With keyframes only those that need no others, mostly one every few seconds; it takes a
     * fraction of the time.
     */
    private String decode;

    /**
     * What to tell an extension, for the header CamelLvaGrpcExtensionConfiguration.
     */
    private String extensionConfiguration;

    /**
     * What the body is: pixels in one of three formats, or a JPG picture. JPG pictures of a camera that sends some are
     * passed on untouched, unless they are to be scaled.
     */
    private String format;

    /**
     * Frames of each second that go to the route, by their timestamps; 0 for all.
     */
    private Double framesPerSecond;

    /**
     * Name of the camera, for the header CamelLvaGrpcGraphInstanceName.
     */
    private String graphInstanceName;

    /**
     * Name of the node, for the header CamelLvaGrpcGraphNodeName.
     */
    private String graphNodeName;

    /**
     * Height to scale frames to, in pixels; 0 keeps it.
     */
    private Integer height;

    /**
     * Quality of JPG pictures, from 0 to 100.
     */
    private Integer jpegQuality;

    /**
     * Whether a file begins again at its end.
     */
    private Boolean loop;

    /**
     * How many frames go to the route before the source ends; 0 for all.
     */
    private Long maxFrames;

    /**
     * Frames that are in the route at once, where it has asynchronous steps such as lvagrpc:.
     */
    private Integer maxInFlight;

    /**
     * What happens when the route is busy. With skip a frame that waits for it gives way to a fresher one; with block
     * the source waits. By default cameras skip, and files and test sources wait.
     */
    private String overflow;

    /**
     * How long after the one before a picture of a directory was taken, in milliseconds, since pictures do not say.
     */
    private Long pictureInterval;

    /**
     * Query of the address of a network camera, without the question mark, which would begin the options of the
     * endpoint.
     */
    private String query;

    /**
     * How long a camera may send nothing after its first packet before it counts as lost, in milliseconds.
     */
    private Long readTimeout;

    /**
     * Whether files and pictures are played as fast as they were taken, or as fast as the route takes them.
     */
    private Boolean realtime;

    /**
     * How to scale a frame to width x height: pad keeps its shape and adds black bars, preserveAspectRatio keeps its
     * shape and may make it smaller in one direction, stretch distorts it.
     */
    private String scaleMode;

    /**
     * How RTSP cameras send. Over udp packets are lost, and pictures are damaged then.
     */
    private String transport;

    /**
     * Width to scale frames to, in pixels; 0 keeps it.
     */
    private Integer width;

    /**
     * Whether autowiring is enabled. This is used for automatic autowiring options (the option must be marked as
     * autowired) by looking up in the registry to find if there is a single instance of matching type, which then gets
     * configured on the component. This can be used for automatic configuring JDBC data sources, JMS connection
     * factories, AWS Clients, etc.
     */
    private Boolean autowiredEnabled;

    /**
     * Options of FFmpeg's demuxers, protocols and decoders, by their names there, such as ffmpeg.threads=2. This is a
     * multi-value option with prefix: ffmpeg. The name of a bean, with # before it.
     */
    private String ffmpegOptions;

    /**
     * The longest wait before a lost camera is tried again, in milliseconds. After refused credentials it is 30
     * seconds, since cameras lock accounts.
     */
    private Long maxReconnectDelay;

    /**
     * How long to wait before a lost camera is tried again, in milliseconds. The wait doubles after each failure in a
     * row, up to maxReconnectDelay; a random part is taken off, so that many cameras do not come back at once.
     */
    private Long reconnectDelay;

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
     * Password for the user name.
     */
    private String password;

    /**
     * User of a network camera.
     */
    private String username;

    public String getAtEnd() {
        return atEnd;
    }

    public void setAtEnd(String atEnd) {
        this.atEnd = atEnd;
    }

    public Boolean getBridgeErrorHandler() {
        return bridgeErrorHandler;
    }

    public void setBridgeErrorHandler(Boolean bridgeErrorHandler) {
        this.bridgeErrorHandler = bridgeErrorHandler;
    }

    public String getConfiguration() {
        return configuration;
    }

    public void setConfiguration(String configuration) {
        this.configuration = configuration;
    }

    public Long getConnectTimeout() {
        return connectTimeout;
    }

    public void setConnectTimeout(Long connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    public String getDecode() {
        return decode;
    }

    public void setDecode(String decode) {
        this.decode = decode;
    }

    public String getExtensionConfiguration() {
        return extensionConfiguration;
    }

    public void setExtensionConfiguration(String extensionConfiguration) {
        this.extensionConfiguration = extensionConfiguration;
    }

    public String getFormat() {
        return format;
    }

    public void setFormat(String format) {
        this.format = format;
    }

    public Double getFramesPerSecond() {
        return framesPerSecond;
    }

    public void setFramesPerSecond(Double framesPerSecond) {
        this.framesPerSecond = framesPerSecond;
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

    public Boolean getLoop() {
        return loop;
    }

    public void setLoop(Boolean loop) {
        this.loop = loop;
    }

    public Long getMaxFrames() {
        return maxFrames;
    }

    public void setMaxFrames(Long maxFrames) {
        this.maxFrames = maxFrames;
    }

    public Integer getMaxInFlight() {
        return maxInFlight;
    }

    public void setMaxInFlight(Integer maxInFlight) {
        this.maxInFlight = maxInFlight;
    }

    public String getOverflow() {
        return overflow;
    }

    public void setOverflow(String overflow) {
        this.overflow = overflow;
    }

    public Long getPictureInterval() {
        return pictureInterval;
    }

    public void setPictureInterval(Long pictureInterval) {
        this.pictureInterval = pictureInterval;
    }

    public String getQuery() {
        return query;
    }

    public void setQuery(String query) {
        this.query = query;
    }

    public Long getReadTimeout() {
        return readTimeout;
    }

    public void setReadTimeout(Long readTimeout) {
        this.readTimeout = readTimeout;
    }

    public Boolean getRealtime() {
        return realtime;
    }

    public void setRealtime(Boolean realtime) {
        this.realtime = realtime;
    }

    public String getScaleMode() {
        return scaleMode;
    }

    public void setScaleMode(String scaleMode) {
        this.scaleMode = scaleMode;
    }

    public String getTransport() {
        return transport;
    }

    public void setTransport(String transport) {
        this.transport = transport;
    }

    public Integer getWidth() {
        return width;
    }

    public void setWidth(Integer width) {
        this.width = width;
    }

    public Boolean getAutowiredEnabled() {
        return autowiredEnabled;
    }

    public void setAutowiredEnabled(Boolean autowiredEnabled) {
        this.autowiredEnabled = autowiredEnabled;
    }

    public String getFfmpegOptions() {
        return ffmpegOptions;
    }

    public void setFfmpegOptions(String ffmpegOptions) {
        this.ffmpegOptions = ffmpegOptions;
    }

    public Long getMaxReconnectDelay() {
        return maxReconnectDelay;
    }

    public void setMaxReconnectDelay(Long maxReconnectDelay) {
        this.maxReconnectDelay = maxReconnectDelay;
    }

    public Long getReconnectDelay() {
        return reconnectDelay;
    }

    public void setReconnectDelay(Long reconnectDelay) {
        this.reconnectDelay = reconnectDelay;
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

    public String getPassword() {
        return password;
    }

    public void setPassword(String password) {
        this.password = password;
    }

    public String getUsername() {
        return username;
    }

    public void setUsername(String username) {
        this.username = username;
    }
}
