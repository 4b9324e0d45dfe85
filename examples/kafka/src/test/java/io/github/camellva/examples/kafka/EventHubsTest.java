package io.github.camellva.examples.kafka;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.camel.component.kafka.KafkaEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EventHubsTest {

    private static final Pattern YAML = Pattern.compile("### Azure Event Hubs.*?```yaml\\R(.*?)```", Pattern.DOTALL);
    private static final String CONNECTION_STRING
            = "Endpoint=sb://cameras.servicebus.windows.net/;SharedAccessKeyName=send;SharedAccessKey=a+b/c%2Bd&e=";

    @Test
    void theStepInTheReadmeGivesTheClientWhatEventHubsAsksFor() throws Exception {
        Properties properties = clientProperties();
        assertThat(properties).containsEntry("security.protocol", "SASL_SSL").containsEntry("sasl.mechanism", "PLAIN");
        assertThat(properties.getProperty("sasl.jaas.config")).isEqualTo(
                "org.apache.kafka.common.security.plain.PlainLoginModule required"
                                                                         + " username=\"$ConnectionString\" password=\""
                                                                         + CONNECTION_STRING + "\";");
        // the client's own check, for instance of timeouts that do not go together
        assertThat(new ProducerConfig(properties).getInt("max.request.size")).isLessThan(1_046_528);
    }

    private static Properties clientProperties() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.getPropertiesComponent().addOverrideProperty("eventHubs.connectionString", CONNECTION_STRING);
            context.setAutoStartup(false);
            PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("step.camel.yaml", route()));
            context.start();
            KafkaEndpoint endpoint = (KafkaEndpoint) context.getEndpoints().stream()
                    .filter(KafkaEndpoint.class::isInstance).findFirst().orElseThrow();
            Properties properties = endpoint.getConfiguration().createProducerProperties();
            properties.setProperty("bootstrap.servers", endpoint.getConfiguration().getBrokers());
            return properties;
        }
    }

    private static String route() throws Exception {
        Matcher step = YAML.matcher(Files.readString(Path.of("README.md")));
        assertThat(step.find()).isTrue();
        return "- from:\n    uri: direct:start\n    steps:\n" + step.group(1).indent(6);
    }
}
