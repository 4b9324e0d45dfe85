package io.github.camellva.grpc;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.spi.DataType;
import org.apache.camel.spi.TransformerKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Pictures in files: their messages read the file anew when their body is null. */
class FileMessagesIT extends LvaGrpcTestSupport {

    private static final DataType DOCUMENT = new DataType("lvagrpc:application-json");

    @TempDir
    Path pictures;

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from(EXTENSION).routeId("failing").throwException(new IllegalStateException("the model is off"));
                from(EXTENSION).routeId("blind").setBody(constant(List.of()));
            }
        };
    }

    @BeforeEach
    void makeAPicture() throws Exception {
        ByteArrayOutputStream jpg = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB), "jpg", jpg);
        Files.write(pictures.resolve("0.jpg"), jpg.toByteArray());
    }

    @Test
    void aPictureThatWasNotProcessedDoesNotTakeThePlaceOfItsAnswer() throws Exception {
        Message answer = send("failing", exchange -> { });
        assertThat(answer.getHeader(LvaGrpcConstants.OUTCOME)).isEqualTo("notProcessed");
        assertThat(answer.getHeader("CamelFileName")).isEqualTo("0.jpg");
        assertThat(answer.getBody()).isNull();
        assertThat(answer.getBody(String.class)).isNull();
    }

    @Test
    void aPictureInWhichNothingWasFoundIsNotPublished() throws Exception {
        Message answer = send("blind", exchange -> context.getTransformerRegistry().resolveTransformer(new TransformerKey(DOCUMENT))
                .transform(exchange.getMessage(), DataType.ANY, DOCUMENT));
        assertThat(answer.getHeader(LvaGrpcConstants.OUTCOME)).isEqualTo("answered");
        assertThat(answer.getBody()).isNull();
    }

    private Message send(String extension, Processor then) throws Exception {
        int port = port(extension);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("file:" + pictures + "?noop=true").to("lvagrpc:127.0.0.1:" + port + "?encoding=JPG")
                        .process(then).to("mock:answers");
            }
        });
        MockEndpoint answers = getMockEndpoint("mock:answers");
        answers.expectedMessageCount(1);
        answers.assertIsSatisfied();
        return answers.getExchanges().get(0).getMessage();
    }
}
