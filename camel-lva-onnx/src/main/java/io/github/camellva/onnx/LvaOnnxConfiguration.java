package io.github.camellva.onnx;

import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.apache.camel.spi.UriPath;

/**
 * The options of an endpoint, as users write them; {@link DetectionOptions} reads them. Those of the component are what its
 * endpoints begin with.
 */
@UriParams
public class LvaOnnxConfiguration implements Cloneable {

    @UriPath
    @Metadata(required = true)
    private String model;

    @UriParam
    private String labels;
    @UriParam
    private String classes;
    @UriParam(defaultValue = "0.25")
    private double confidence = 0.25;
    @UriParam(defaultValue = "0.45")
    private double iou = 0.45;
    @UriParam(defaultValue = "100")
    private int maxDetections = 100;
    @UriParam
    private String subtype;
    @UriParam
    private String attributes;
    @UriParam(defaultValue = "auto", enums = "auto,yolov5,yolov8,endToEnd,yolox,classification")
    private String layout = "auto";
    @UriParam
    private String inputSize;
    @UriParam(defaultValue = "true")
    private boolean useExtensionConfiguration = true;
    @UriParam(defaultValue = "false")
    private boolean reload;
    @UriParam(defaultValue = "2")
    private int parallel = 2;
    @UriParam(label = "advanced", defaultValue = "1000")
    private int maxWaiting = 1000;
    @UriParam(defaultValue = "0")
    private int threads;
    @UriParam(defaultValue = "CPU", enums = "CPU,CUDA,OPENVINO")
    private String executionProvider = "CPU";
    @UriParam(label = "advanced")
    private String device;
    @UriParam(label = "advanced", defaultValue = "auto", enums = "auto,unit,levels,imagenet")
    private String pixelValues = "auto";
    @UriParam(label = "advanced", defaultValue = "auto", enums = "auto,RGB,BGR")
    private String channelOrder = "auto";

    LvaOnnxConfiguration copy() {
        try {
            return (LvaOnnxConfiguration) clone();
        } catch (CloneNotSupportedException e) {
            throw new RuntimeCamelException(e);
        }
    }

    public String getModel() {
        return model;
    }

    /**
     * A model in ONNX format, or a directory with several, of which each frame chooses one.
     */
    public void setModel(String model) {
        this.model = model;
    }

    public String getLabels() {
        return labels;
    }

    /**
     * What the classes of the model are called: a file with a label in each line, or the labels themselves, separated by commas
     * (a comma at the end makes a list of one). By default they are in the file beside the model whose name ends with .txt, or
     * in the model's metadata.
     */
    public void setLabels(String labels) {
        this.labels = labels;
    }

    public String getClasses() {
        return classes;
    }

    /**
     * Labels of the classes that are answered, separated by commas. By default all are.
     */
    public void setClasses(String classes) {
        this.classes = classes;
    }

    public double getConfidence() {
        return confidence;
    }

    /**
     * The least confidence of what is answered, above 0 and up to 1.
     */
    public void setConfidence(double confidence) {
        this.confidence = confidence;
    }

    public double getIou() {
        return iou;
    }

    /**
     * Two boxes of one class are one object, and the surer one stays, if the area that they share is more than this part of the
     * area that they cover together (intersection over union).
     */
    public void setIou(double iou) {
        this.iou = iou;
    }

    public int getMaxDetections() {
        return maxDetections;
    }

    /**
     * How many objects, or classes of a picture, an answer has at most; the surest stay.
     */
    public void setMaxDetections(int maxDetections) {
        this.maxDetections = maxDetections;
    }

    public String getSubtype() {
        return subtype;
    }

    /**
     * The subtype of the inferences. By default, objectDetection or imageClassification.
     */
    public void setSubtype(String subtype) {
        this.subtype = subtype;
    }

    public String getAttributes() {
        return attributes;
    }

    /**
     * Attributes that each object or classification has, as name=value, separated by commas.
     */
    public void setAttributes(String attributes) {
        this.attributes = attributes;
    }

    public String getLayout() {
        return layout;
    }

    /**
     * How the model arranges its output: yolov5 (also v6 and v7), yolov8 (also v9, 11 and 12), endToEnd (YOLOv10, YOLO26 and
     * exports with non-maximum suppression), yolox, or classification. By default the shape of the output and the model's metadata
     * tell; a model of which they do not is refused.
     */
    public void setLayout(String layout) {
        this.layout = layout;
    }

    public String getInputSize() {
        return inputSize;
    }

    /**
     * The size of the input of a model that takes any, in pixels: 640, or 640x384 with the width first. By default it is in the
     * model's metadata.
     */
    public void setInputSize(String inputSize) {
        this.inputSize = inputSize;
    }

    public boolean isUseExtensionConfiguration() {
        return useExtensionConfiguration;
    }

    /**
     * Whether nodes choose by their extension configuration (header CamelLvaGrpcExtensionConfiguration): the name of a model, or
     * JSON with model, confidence, or both. Without this it is ignored.
     */
    public void setUseExtensionConfiguration(boolean useExtensionConfiguration) {
        this.useExtensionConfiguration = useExtensionConfiguration;
    }

    public boolean isReload() {
        return reload;
    }

    /**
     * Whether a model is loaded anew when its file changes. One that cannot be used is logged, and the model before it stays.
     */
    public void setReload(boolean reload) {
        this.reload = reload;
    }

    public int getParallel() {
        return parallel;
    }

    /**
     * How many frames are computed at once. Each takes a thread, and in each model memory for an input and an output.
     */
    public void setParallel(int parallel) {
        this.parallel = parallel;
    }

    public int getMaxWaiting() {
        return maxWaiting;
    }

    /**
     * How many frames may wait to be computed; further ones fail.
     */
    public void setMaxWaiting(int maxWaiting) {
        this.maxWaiting = maxWaiting;
    }

    public int getThreads() {
        return threads;
    }

    /**
     * How many threads compute one frame together; 0 takes as many as there are processors.
     */
    public void setThreads(int threads) {
        this.threads = threads;
    }

    public String getExecutionProvider() {
        return executionProvider;
    }

    /**
     * What computes the model. CUDA and OPENVINO need a build of ONNX Runtime that has them, in place of the one that comes with
     * this component.
     */
    public void setExecutionProvider(String executionProvider) {
        this.executionProvider = executionProvider;
    }

    public String getDevice() {
        return device;
    }

    /**
     * Which device of the execution provider: the number of a GPU for CUDA, such as CPU or GPU for OpenVINO.
     */
    public void setDevice(String device) {
        this.device = device;
    }

    public String getPixelValues() {
        return pixelValues;
    }

    /**
     * What numbers the model takes: unit (0 to 1), levels (0 to 255), or imagenet (relative to mean and deviation, as torchvision
     * trains classifiers). By default, levels for layout yolox and unit for others.
     */
    public void setPixelValues(String pixelValues) {
        this.pixelValues = pixelValues;
    }

    public String getChannelOrder() {
        return channelOrder;
    }

    /**
     * Which component comes first in the input. By default, BGR for layout yolox and RGB for others.
     */
    public void setChannelOrder(String channelOrder) {
        this.channelOrder = channelOrder;
    }
}
