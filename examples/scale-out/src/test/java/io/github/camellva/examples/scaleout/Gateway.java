package io.github.camellva.examples.scaleout;

import io.github.camellva.examples.rig.OptionReader.Matching;
import io.github.camellva.examples.rig.OptionReader.WholeNumber;
import io.github.camellva.grpc.LvaGrpcConsumer;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;
import picocli.CommandLine.Option;

/** Takes frames from nodes, puts them into Kafka, and answers. It keeps nothing: nodes may go to any gateway at any time. */
final class Gateway extends Member {

    @Option(names = "-Dlisten", description = "host:port is accepted, for instance -Dlisten=0.0.0.0:5001")
    @Matching("[^:/?]+:\\d{1,5}")
    private String listen = "0.0.0.0:5001";

    @Option(names = "-Danswer")
    private AnswerMode answer = AnswerMode.RESULT;

    @Option(names = "-DanswerTimeout")
    @WholeNumber(to = 3600, example = 15)
    private int answerTimeout = 15;

    private LvaGrpcConsumer frames;

    Gateway() {
        super("gateway-1");
    }

    @Override
    void configure(Main main) throws Exception {
        super.configure(main);
        new Topics(brokers).ensureAnswersTo(name);
        main.configure().withRoutesIncludePattern(answer.routes());
        main.addOverrideProperty("extension.host", host());
        main.addOverrideProperty("extension.port", listen.substring(host().length() + 1));
        main.addOverrideProperty("answer.timeout", answerTimeout + "s");
    }

    @Override
    String running(CamelContext context) {
        frames = (LvaGrpcConsumer) context.getRoute("frames").getConsumer();
        return "lvagrpc:" + host() + ":" + frames.getPort() + ", frames are answered " + answer.when();
    }

    @Override
    String finished() {
        return answer.finished(frames.getFramesAnswered(), frames.getFramesSkipped(), frames.getFramesFailed());
    }

    private String host() {
        return listen.substring(0, listen.lastIndexOf(':'));
    }
}
