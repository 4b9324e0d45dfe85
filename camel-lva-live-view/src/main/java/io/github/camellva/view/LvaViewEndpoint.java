package io.github.camellva.view;

import java.time.Duration;

import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;

/**
 * Show the cameras of lvagrpc routes on a web page, with what was found drawn on them.
 */
@UriEndpoint(firstVersion = "0.1.0", scheme = LvaViewEndpoint.SCHEME, title = "LVA Live View", syntax = "lvaview:name",
             category = { Category.AI, Category.IOT, Category.HTTP }, producerOnly = true, remote = false)
public class LvaViewEndpoint extends DefaultEndpoint {

    static final String SCHEME = "lvaview";

    @UriPath(description = "Name of the view")
    @Metadata(required = true)
    private final String name;

    @UriParam(description = "Title of the page", defaultValue = "Live view")
    private String title = "Live view";

    @UriParam(description = "Graph instances to show, separated by commas; each may be a name, a name that ends with a wildcard, or a"
                            + " regular expression. All by default.")
    private String graphInstanceNames;

    @UriParam(description = "Frames to show: those that consumers receive, those that producers send, or all",
              enums = "all,received,sent", defaultValue = "all")
    private String show = "all";

    @UriParam(description = "Most frames per second of a camera that are shown. Others are not even copied.", defaultValue = "10")
    private int maximumFramesPerSecond = 10;

    @UriParam(description = "Largest width of pictures that are encoded for the page. JPG pictures go through untouched.",
              defaultValue = "1280")
    private int maxWidth = 1280;

    @UriParam(description = "Quality of pictures that are encoded for the page, 0 to 100", defaultValue = "75")
    private int jpegQuality = 75;

    @UriParam(description = "Most cameras that are shown", label = "advanced", defaultValue = "100")
    private int maxCameras = 100;

    @UriParam(description = "Most requests for frames at once. Further ones are answered with 503.", label = "advanced",
              defaultValue = "100")
    private int maxViewers = 100;

    @UriParam(description = "Most requests that wait for a frame at once. Pages for which there is no room ask at intervals. Some"
                            + " HTTP servers of Camel hold a thread for each that waits: platform-http has 20 of them, or 8 on Spring"
                            + " Boot.",
              label = "advanced", defaultValue = "4")
    private int maxWaiting = 4;

    @UriParam(description = "Most bytes of pictures that are held for viewers or on their way to them. A frame beyond it is not"
                            + " shown, and a request beyond it is answered with 503.",
              label = "advanced", defaultValue = "67108864")
    private long maxBytes = 64L << 20;

    @UriParam(description = "Decides which request may watch which camera. Everybody may watch all by default.", label = "security")
    private CameraAccess cameraAccess;

    private Duration longestWait = Duration.ofSeconds(10);
    private volatile LiveView view;

    public LvaViewEndpoint(String uri, LvaViewComponent component, String name) {
        super(uri, component);
        this.name = name;
    }

    @Override
    public Producer createProducer() {
        return new LvaViewProducer(this);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException(
                getEndpointUri() + " cannot be a route's from: it answers requests, so use it as to after platform-http or another"
                                                + " HTTP consumer");
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        requireRange("maximumFramesPerSecond", maximumFramesPerSecond, 1, 1000);
        requireRange("maxWidth", maxWidth, 16, 65500);
        requireRange("jpegQuality", jpegQuality, 0, 100);
        requireRange("maxCameras", maxCameras, 1, 1000);
        requireRange("maxViewers", maxViewers, 1, 100_000);
        requireRange("maxWaiting", maxWaiting, 1, 100_000);
        requireRange("maxBytes", maxBytes, 1 << 20, Long.MAX_VALUE);
        if (!show.matches("all|received|sent")) {
            throw new IllegalArgumentException("show=" + show + " is unknown; all, received and sent are accepted");
        }
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        view = new LiveView(this);
        view.start();
    }

    @Override
    protected void doStop() throws Exception {
        if (view != null) {
            view.close();
            view = null;
        }
        super.doStop();
    }

    /** The longest that a request waits for a frame. */
    Duration longestWait() {
        return longestWait;
    }

    void longestWait(Duration longest) {
        longestWait = longest;
    }

    /** Null while the endpoint is stopped. */
    LiveView view() {
        return view;
    }

    private static void requireRange(String option, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(option + "=" + value + " is out of range; " + least + " to " + most + " is accepted");
        }
    }

    public String getName() {
        return name;
    }

    public String getTitle() {
        return title;
    }

    public void setTitle(String title) {
        this.title = title;
    }

    public String getGraphInstanceNames() {
        return graphInstanceNames;
    }

    public void setGraphInstanceNames(String graphInstanceNames) {
        this.graphInstanceNames = graphInstanceNames;
    }

    public String getShow() {
        return show;
    }

    public void setShow(String show) {
        this.show = show;
    }

    public int getMaximumFramesPerSecond() {
        return maximumFramesPerSecond;
    }

    public void setMaximumFramesPerSecond(int maximumFramesPerSecond) {
        this.maximumFramesPerSecond = maximumFramesPerSecond;
    }

    public int getMaxWidth() {
        return maxWidth;
    }

    public void setMaxWidth(int maxWidth) {
        this.maxWidth = maxWidth;
    }

    public int getJpegQuality() {
        return jpegQuality;
    }

    public void setJpegQuality(int jpegQuality) {
        this.jpegQuality = jpegQuality;
    }

    public int getMaxCameras() {
        return maxCameras;
    }

    public void setMaxCameras(int maxCameras) {
        this.maxCameras = maxCameras;
    }

    public int getMaxViewers() {
        return maxViewers;
    }

    public void setMaxViewers(int maxViewers) {
        this.maxViewers = maxViewers;
    }

    public int getMaxWaiting() {
        return maxWaiting;
    }

    public void setMaxWaiting(int maxWaiting) {
        this.maxWaiting = maxWaiting;
    }

    public long getMaxBytes() {
        return maxBytes;
    }

    public void setMaxBytes(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    public CameraAccess getCameraAccess() {
        return cameraAccess;
    }

    public void setCameraAccess(CameraAccess cameraAccess) {
        this.cameraAccess = cameraAccess;
    }
}
