package io.github.camellva.grpc.springboot;

import org.apache.camel.spring.boot.ComponentConfigurationPropertiesCommon;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Options of the component, as {@code camel.component.lvaonnx.*}. Those that are not set stay as the component has them, or as
 * whoever made it a bean has set them. Written by PropertiesTest.
 */
@ConfigurationProperties(prefix = LvaOnnxComponentConfiguration.PREFIX, ignoreUnknownFields = false)
public class LvaOnnxComponentConfiguration extends ComponentConfigurationPropertiesCommon {

    public static final String PREFIX = "camel.component.lvaonnx";

    /**
     * Attributes that each object or classification has, as name=value, separated by commas.
     */
    private String attributes;

    /**
     * Labels of the classes that are answered, separated by commas. By default all are.
     */
    private String classes;

    /**
     * The least confidence of what is answered, above 0 and up to 1.
     */
    private Double confidence;

    /**
     * What the endpoints of this component have in common. Each begins with a copy, in which its URI overrides what it
     * names. The name of a bean, with # before it.
     */
    private String configuration;

    /**
     * What computes the model. CUDA and OPENVINO need a build of ONNX Runtime that has them, in place of the one that
     * comes with this component.
     */
    private String executionProvider;

    /**
     * The size of the input of a model that takes any, in pixels: 640, or 640x384 with the width first. By default it
     * is in the model's metadata.
     */
    private String inputSize;

    /**
     * Two boxes of one class are one object, and the surer one stays, if the area that they share is more than this
     * part of the area that they cover together (intersection over union).
     */
    private Double iou;

    /**
     * What the classes of the model are called: a file with a label in each line, or the labels themselves, separated
     * by commas (a comma at the end makes a list of one). By default they are in the file beside the model whose name
     * ends with .txt, or in the model's metadata.
     */
    private String labels;

    /**
     * How the model arranges its output: yolov5 (also v6 and v7), yolov8 (also v9, 11 and 12), endToEnd (YOLOv10,
     * YOLO26 and exports with non-maximum suppression), yolox, or classification. By default the shape of the output
     * and the model's metadata tell; a model of which they do not is refused.
     */
    private String layout;

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
     * How many objects, or classes of a picture, an answer has at most; the surest stay.
     */
    private Integer maxDetections;

    /**
     * How many frames are computed at once. Each takes a thread, and in each model memory for an input and an output.
     */
    private Integer parallel;

    /**
     * Whether a model is loaded anew when its file changes. One that cannot be used is logged, and the model before it
     * stays.
     */
    private Boolean reload;

    /**
     * The subtype of the inferences. By default, objectDetection or imageClassification.
     */
    private String subtype;

    /**
     * How many threads compute one frame together; 0 takes as many as there are processors.
     */
    private Integer threads;

    /**
     * Whether nodes choose by their extension configuration (header CamelLvaGrpcExtensionConfiguration): the name of a
     * model, or JSON with model, confidence, or both. Without this it is ignored.
     */
    private Boolean useExtensionConfiguration;

    /**
     * Whether autowiring is enabled. This is used for automatic autowiring options (the option must be marked as
     * autowired) by looking up in the registry to find if there is a single instance of matching type, which then gets
     * configured on the component. This can be used for automatic configuring JDBC data sources, JMS connection
     * factories, AWS Clients, etc.
     */
    private Boolean autowiredEnabled;

    /**
     * Which component comes first in the input. By default, BGR for layout yolox and RGB for others.
     */
    private String channelOrder;

    /**
     * Which device of the execution provider: the number of a GPU for CUDA, such as CPU or GPU for OpenVINO.
     */
    private String device;

    /**
     * How many models may be loaded at once, of all endpoints together.
     */
    private Integer maxModels;

    /**
     * How many frames may wait to be computed; further ones fail.
     */
    private Integer maxWaiting;

    /**
     * What numbers the model takes: unit (0 to 1), levels (0 to 255), or imagenet (relative to mean and deviation, as
     * torchvision trains classifiers). By default, levels for layout yolox and unit for others.
     */
    private String pixelValues;

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

    public String getAttributes() {
        return attributes;
    }

    public void setAttributes(String attributes) {
        this.attributes = attributes;
    }

    public String getClasses() {
        return classes;
    }

    public void setClasses(String classes) {
        this.classes = classes;
    }

    public Double getConfidence() {
        return confidence;
    }

    public void setConfidence(Double confidence) {
        this.confidence = confidence;
    }

    public String getConfiguration() {
        return configuration;
    }

    public void setConfiguration(String configuration) {
        this.configuration = configuration;
    }

    public String getExecutionProvider() {
        return executionProvider;
    }

    public void setExecutionProvider(String executionProvider) {
        this.executionProvider = executionProvider;
    }

    public String getInputSize() {
        return inputSize;
    }

    public void setInputSize(String inputSize) {
        this.inputSize = inputSize;
    }

    public Double getIou() {
        return iou;
    }

    public void setIou(Double iou) {
        this.iou = iou;
    }

    public String getLabels() {
        return labels;
    }

    public void setLabels(String labels) {
        this.labels = labels;
    }

    public String getLayout() {
        return layout;
    }

    public void setLayout(String layout) {
        this.layout = layout;
    }

    public Boolean getLazyStartProducer() {
        return lazyStartProducer;
    }

    public void setLazyStartProducer(Boolean lazyStartProducer) {
        this.lazyStartProducer = lazyStartProducer;
    }

    public Integer getMaxDetections() {
        return maxDetections;
    }

    public void setMaxDetections(Integer maxDetections) {
        this.maxDetections = maxDetections;
    }

    public Integer getParallel() {
        return parallel;
    }

    public void setParallel(Integer parallel) {
        this.parallel = parallel;
    }

    public Boolean getReload() {
        return reload;
    }

    public void setReload(Boolean reload) {
        this.reload = reload;
    }

    public String getSubtype() {
        return subtype;
    }

    public void setSubtype(String subtype) {
        this.subtype = subtype;
    }

    public Integer getThreads() {
        return threads;
    }

    public void setThreads(Integer threads) {
        this.threads = threads;
    }

    public Boolean getUseExtensionConfiguration() {
        return useExtensionConfiguration;
    }

    public void setUseExtensionConfiguration(Boolean useExtensionConfiguration) {
        this.useExtensionConfiguration = useExtensionConfiguration;
    }

    public Boolean getAutowiredEnabled() {
        return autowiredEnabled;
    }

    public void setAutowiredEnabled(Boolean autowiredEnabled) {
        this.autowiredEnabled = autowiredEnabled;
    }

    public String getChannelOrder() {
        return channelOrder;
    }

    public void setChannelOrder(String channelOrder) {
        this.channelOrder = channelOrder;
    }

    public String getDevice() {
        return device;
    }

    public void setDevice(String device) {
        this.device = device;
    }

    public Integer getMaxModels() {
        return maxModels;
    }

    public void setMaxModels(Integer maxModels) {
        this.maxModels = maxModels;
    }

    public Integer getMaxWaiting() {
        return maxWaiting;
    }

    public void setMaxWaiting(Integer maxWaiting) {
        this.maxWaiting = maxWaiting;
    }

    public String getPixelValues() {
        return pixelValues;
    }

    public void setPixelValues(String pixelValues) {
        this.pixelValues = pixelValues;
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
}
