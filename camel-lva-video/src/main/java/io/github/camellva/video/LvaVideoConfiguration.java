package io.github.camellva.video;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.camellva.video.source.SourceAddress;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.apache.camel.spi.UriPath;

/** The options of an endpoint, as users write them; {@link VideoOptions} reads them. */
@UriParams
public class LvaVideoConfiguration implements Cloneable {

    @UriPath
    @Metadata(required = true)
    private String source;
    @UriParam
    private double framesPerSecond;
    @UriParam(defaultValue = "BGR24", enums = "BGR24,RGB24,YUV420P,JPG")
    private String format = "BGR24";
    @UriParam
    private int width;
    @UriParam
    private int height;
    @UriParam(defaultValue = "pad", enums = "preserveAspectRatio,pad,stretch")
    private String scaleMode = "pad";
    @UriParam(defaultValue = "75")
    private int jpegQuality = 75;
    @UriParam(defaultValue = "all", enums = "all,keyframes")
    private String decode = "all";
    @UriParam(defaultValue = "false")
    private boolean realtime;
    @UriParam(defaultValue = "false")
    private boolean loop;
    @UriParam
    private long maxFrames;
    @UriParam(defaultValue = "nothing", enums = "nothing,stopRoute,stopContext")
    private String atEnd = "nothing";
    @UriParam(defaultValue = "100")
    private long pictureInterval = 100;
    @UriParam
    private String query;
    @UriParam(defaultValue = "tcp", enums = "tcp,udp")
    private String transport = "tcp";
    @UriParam(defaultValue = "10000")
    private long connectTimeout = 10_000;
    @UriParam(defaultValue = "5000")
    private long readTimeout = 5_000;
    @UriParam(label = "advanced", defaultValue = "250")
    private long reconnectDelay = 250;
    @UriParam(label = "advanced", defaultValue = "1000")
    private long maxReconnectDelay = 1_000;
    @UriParam(enums = "skip,block")
    private String overflow;
    @UriParam(defaultValue = "8")
    private int maxInFlight = 8;
    @UriParam
    private String graphInstanceName;
    @UriParam
    private String graphNodeName;
    @UriParam
    private String extensionConfiguration;
    @UriParam(label = "security", secret = true)
    private String username;
    @UriParam(label = "security", secret = true)
    private String password;
    @UriParam(label = "advanced", prefix = "ffmpeg.", multiValue = true)
    private Map<String, Object> ffmpegOptions = new LinkedHashMap<>();

    LvaVideoConfiguration copy() {
        try {
            LvaVideoConfiguration copy = (LvaVideoConfiguration) clone();
            copy.ffmpegOptions = new LinkedHashMap<>(ffmpegOptions);
            return copy;
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }

    SourceAddress address() {
        return SourceAddress.of(source, query, username, password);
    }

    public String getSource() {
        return source;
    }

    /**
     * Where frames come from: an address that begins with rtsp://, rtsps://, http:// or https://, a file, a directory of
     * pictures, webcam or webcam:1, or one of FFmpeg's test sources, such as lavfi:testsrc2.
     */
    public void setSource(String source) {
        this.source = source;
    }

    public double getFramesPerSecond() {
        return framesPerSecond;
    }

    /**
     * Frames of each second that go to the route, by their timestamps; 0 for all.
     */
    public void setFramesPerSecond(double framesPerSecond) {
        this.framesPerSecond = framesPerSecond;
    }

    public String getFormat() {
        return format;
    }

    /**
     * What the body is: pixels in one of three formats, or a JPG picture. JPG pictures of a camera that sends some are passed on
     * untouched, unless they are to be scaled.
     */
    public void setFormat(String format) {
        this.format = format;
    }

    public int getWidth() {
        return width;
    }

    /**
     * Width to scale frames to, in pixels; 0 keeps it.
     */
    public void setWidth(int width) {
        this.width = width;
    }

    public int getHeight() {
        return height;
    }

    /**
     * Height to scale frames to, in pixels; 0 keeps it.
     */
    public void setHeight(int height) {
        this.height = height;
    }

    public String getScaleMode() {
        return scaleMode;
    }

    /**
     * How to scale a frame to width x height: pad keeps its shape and adds black bars, preserveAspectRatio keeps its shape and may
     * make it smaller in one direction, stretch distorts it.
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

    public String getDecode() {
        return decode;
    }

    /**
     * Which frames are decoded. With keyframes only those that need no others, mostly one every few seconds; it takes a fraction
     * of the time.
     */
    public void setDecode(String decode) {
        this.decode = decode;
    }

    public boolean isRealtime() {
        return realtime;
    }

    /**
     * Whether files and pictures are played as fast as they were taken, or as fast as the route takes them.
     */
    public void setRealtime(boolean realtime) {
        this.realtime = realtime;
    }

    public boolean isLoop() {
        return loop;
    }

    /**
     * Whether a file begins again at its end.
     */
    public void setLoop(boolean loop) {
        this.loop = loop;
    }

    public long getMaxFrames() {
        return maxFrames;
    }

    /**
     * How many frames go to the route before the source ends; 0 for all.
     */
    public void setMaxFrames(long maxFrames) {
        this.maxFrames = maxFrames;
    }

    public String getAtEnd() {
        return atEnd;
    }

    /**
     * What is done when a file has ended, or maxFrames have gone to the route, and the route has completed all of them.
     */
    public void setAtEnd(String atEnd) {
        this.atEnd = atEnd;
    }

    public long getPictureInterval() {
        return pictureInterval;
    }

    /**
     * How long after the one before a picture of a directory was taken, in milliseconds, since pictures do not say.
     */
    public void setPictureInterval(long pictureInterval) {
        this.pictureInterval = pictureInterval;
    }

    public String getQuery() {
        return query;
    }

    /**
     * Query of the address of a network camera, without the question mark, which would begin the options of the endpoint.
     */
    public void setQuery(String query) {
        this.query = query;
    }

    public String getTransport() {
        return transport;
    }

    /**
     * How RTSP cameras send. Over udp packets are lost, and pictures are damaged then.
     */
    public void setTransport(String transport) {
        this.transport = transport;
    }

    public long getConnectTimeout() {
        return connectTimeout;
    }

    /**
     * How long opening a source may take, and then once more a camera's first packet, in milliseconds. The lookup of a host's name
     * is not bounded by it.
     */
    public void setConnectTimeout(long connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    public long getReadTimeout() {
        return readTimeout;
    }

    /**
     * How long a camera may send nothing after its first packet before it counts as lost, in milliseconds.
     */
    public void setReadTimeout(long readTimeout) {
        this.readTimeout = readTimeout;
    }

    public long getReconnectDelay() {
        return reconnectDelay;
    }

    /**
     * How long to wait before a lost camera is tried again, in milliseconds. The wait doubles after each failure in a row, up to
     * maxReconnectDelay; a random part is taken off, so that many cameras do not come back at once.
     */
    public void setReconnectDelay(long reconnectDelay) {
        this.reconnectDelay = reconnectDelay;
    }

    public long getMaxReconnectDelay() {
        return maxReconnectDelay;
    }

    /**
     * The longest wait before a lost camera is tried again, in milliseconds. After refused credentials it is 30 seconds, since
     * cameras lock accounts.
     */
    public void setMaxReconnectDelay(long maxReconnectDelay) {
        this.maxReconnectDelay = maxReconnectDelay;
    }

    public String getOverflow() {
        return overflow;
    }

    /**
     * What happens when the route is busy. With skip a frame that waits for it gives way to a fresher one; with block the source
     * waits. By default cameras skip, and files and test sources wait.
     */
    public void setOverflow(String overflow) {
        this.overflow = overflow;
    }

    public int getMaxInFlight() {
        return maxInFlight;
    }

    /**
     * Frames that are in the route at once, where it has asynchronous steps such as lvagrpc:.
     */
    public void setMaxInFlight(int maxInFlight) {
        this.maxInFlight = maxInFlight;
    }

    public String getGraphInstanceName() {
        return graphInstanceName;
    }

    /**
     * Name of the camera, for the header CamelLvaGrpcGraphInstanceName.
     */
    public void setGraphInstanceName(String graphInstanceName) {
        this.graphInstanceName = graphInstanceName;
    }

    public String getGraphNodeName() {
        return graphNodeName;
    }

    /**
     * Name of the node, for the header CamelLvaGrpcGraphNodeName.
     */
    public void setGraphNodeName(String graphNodeName) {
        this.graphNodeName = graphNodeName;
    }

    public String getExtensionConfiguration() {
        return extensionConfiguration;
    }

    /**
     * What to tell an extension, for the header CamelLvaGrpcExtensionConfiguration.
     */
    public void setExtensionConfiguration(String extensionConfiguration) {
        this.extensionConfiguration = extensionConfiguration;
    }

    public String getUsername() {
        return username;
    }

    /**
     * User of a network camera.
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

    public Map<String, Object> getFfmpegOptions() {
        return ffmpegOptions;
    }

    /**
     * Options of FFmpeg's demuxers, protocols and decoders, by their names there, such as ffmpeg.threads=2.
     */
    public void setFfmpegOptions(Map<String, Object> ffmpegOptions) {
        this.ffmpegOptions = ffmpegOptions;
    }
}
