package io.github.camellva.examples.scaleout;

import io.github.camellva.examples.rig.OptionReader.WholeNumber;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;
import picocli.CommandLine.Option;

/** Takes frames out of Kafka, has a model look at them, and puts what it found back. It keeps nothing. */
final class Worker extends Member {

    /** Which worker has looked at a frame; in its result. */
    static final String NAME = "lva-worker";

    /** What looks at the frames: a file, a directory of several, or a resource of the class path. */
    @Option(names = "-Dmodel")
    private String model = "classpath:models/bright-blobs.onnx";

    /** That each take frames of their own partitions. */
    @Option(names = "-Dthreads")
    @WholeNumber(to = 64, example = 1)
    private int threads = 1;

    Worker() {
        super("worker-1");
    }

    @Override
    void configure(Main main) throws Exception {
        super.configure(main);
        new Topics(brokers).ensureResults(partitions);
        main.configure().withRoutesIncludePattern("classpath:routes/worker.camel.yaml");
        main.addOverrideProperty("worker.model", model);
        main.addOverrideProperty("worker.threads", String.valueOf(threads));
    }

    @Override
    String running(CamelContext context) {
        return "looks at frames with " + model.replaceAll(".*[/:]", "");
    }

    @Override
    String finished() {
        return "no more frames are taken";
    }
}
