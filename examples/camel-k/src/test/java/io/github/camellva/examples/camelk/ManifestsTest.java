package io.github.camellva.examples.camelk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EmptyDirVolumeSource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import org.apache.camel.v1.Integration;
import org.apache.camel.v1.Kamelet;
import org.apache.camel.v1.Pipe;
import org.apache.camel.v1.integrationspec.Traits;
import org.apache.camel.v1.integrationspec.template.Spec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Nobody has a cluster when he builds this; the models of Camel K and of Kubernetes say what they would accept. */
class ManifestsTest {

    private static final String DEPENDENCY = "mvn:io.github.camellva:camel-lva-grpc:" + version();

    static List<Path> manifests() throws IOException {
        List<Path> manifests = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of(""), "*.yaml")) {
            files.forEach(manifests::add);
        }
        return manifests;
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void everyFieldIsKnown(Path manifest) throws IOException {
        assertThat(Manifests.parse(Files.readString(manifest))).isNotEmpty()
                .allSatisfy(resource -> assertThat(resource.getMetadata().getName()).isNotBlank());
    }

    @ParameterizedTest
    @ValueSource(strings = { "lvagrpc-source", "lvagrpc-action" })
    void everyFieldOfAKameletInTheJarIsKnown(String name) throws IOException {
        Kamelet kamelet = (Kamelet) Manifests.parse(resource("/kamelets/" + name + ".kamelet.yaml")).get(0);
        assertThat(kamelet.getMetadata().getName()).isEqualTo(name);
        assertThat(kamelet.getSpec().getDependencies()).contains(DEPENDENCY);
    }

    @ParameterizedTest
    @CsvSource({
            "integration.yaml, capabilitiesDrop, capabilitiesDropped",
            "integration.yaml, flows, routes",
            "integration-shared-memory.yaml, medium, media",
            "pipe.yaml, sink:, target:",
            "pipe.yaml, apiVersion: camel.apache.org/v1, apiVersion: camel.apache.org/v9",
            "kubernetes.yaml, readOnlyRootFilesystem, readOnlyFilesystem",
            "kubernetes.yaml, failureThreshold, failureTreshold",
            "kubernetes.yaml, kind: Deployment, kind: Deplyment",
            "service.yaml, appProtocol, applicationProtocol",
            "secrets.yaml, stringData, text" })
    void aMistakeIsNoticed(String manifest, String right, String wrong) throws IOException {
        String yaml = Files.readString(Path.of(manifest));
        assertThat(yaml).contains(right);
        assertThatThrownBy(() -> Manifests.parse(yaml.replace(right, wrong)))
                .hasMessageContaining(wrong.replaceAll(".*: |:", ""));
    }

    @Test
    void integrationsDependOnTheComponentOfThisProject() throws IOException {
        assertThat(integration("integration.yaml").getSpec().getDependencies()).contains(DEPENDENCY);
        assertThat(integration("integration-shared-memory.yaml").getSpec().getDependencies()).contains(DEPENDENCY);
    }

    @Test
    void propertiesOfThePipeAreThoseOfItsKamelet() throws IOException {
        Pipe pipe = (Pipe) parse("pipe.yaml", 0);
        Kamelet kamelet = (Kamelet) Manifests.parse(
                resource("/kamelets/" + pipe.getSpec().getSource().getRef().getName() + ".kamelet.yaml")).get(0);
        assertThat(kamelet.getSpec().getDefinition().getProperties())
                .containsKeys(pipe.getSpec().getSource().getProperties().getAdditionalProperties().keySet().toArray(String[]::new));
    }

    @Test
    void traitsOfThePipeAreKnown() throws Exception {
        assertThat(parse("pipe.yaml", 0).getMetadata().getAnnotations().keySet()).isNotEmpty().allSatisfy(annotation -> {
            assertThat(annotation).matches("trait\\.camel\\.apache\\.org/[a-z-]+\\.[a-z-]+");
            String[] name = annotation.substring(annotation.indexOf('/') + 1).split("\\.");
            Class<?> trait = Traits.class.getDeclaredField(camelCase(name[0])).getType();
            assertThat(properties(trait)).contains(camelCase(name[1]));
        });
    }

    @Test
    void servicesSelectThePodsThatAreMade() throws IOException {
        assertThat(((Service) parse("service.yaml", 0)).getSpec().getSelector())
                .containsEntry("camel.apache.org/integration", integration("integration.yaml").getMetadata().getName());
        assertThat(((Service) parse("pipe.yaml", 1)).getSpec().getSelector())
                .containsEntry("camel.apache.org/integration", parse("pipe.yaml", 0).getMetadata().getName());
        assertThat(((Service) parse("kubernetes.yaml", 1)).getSpec().getSelector())
                .isEqualTo(deployment().getSpec().getTemplate().getMetadata().getLabels())
                .isEqualTo(deployment().getSpec().getSelector().getMatchLabels());
    }

    @Test
    void secretsThatAreUsedAreThere() throws IOException {
        Secret properties = (Secret) parse("secrets.yaml", 0);
        assertThat(integration("integration.yaml").getSpec().getTraits().getMount().getConfigs())
                .containsExactly("secret:" + properties.getMetadata().getName());
        Secret environment = (Secret) parse("secrets.yaml", 1);
        assertThat(podSpec().getContainers()).allSatisfy(container -> assertThat(container.getEnvFrom())
                .anyMatch(source -> source.getSecretRef().getName().equals(environment.getMetadata().getName())));
    }

    @Test
    void containersThatShareMemoryMountTheSameVolumeInMemory() throws IOException {
        assertThat(podSpec().getContainers()).hasSize(2).allSatisfy(container -> assertThat(container.getVolumeMounts())
                .anyMatch(mount -> mount.getName().equals("frames") && mount.getMountPath().equals("/dev/shm")));
        EmptyDirVolumeSource frames = podSpec().getVolumes().get(0).getEmptyDir();
        assertThat(frames.getMedium()).isEqualTo("Memory");
        assertThat(frames.getSizeLimit()).isEqualTo(Quantity.parse("128Mi"));

        Spec pod = integration("integration-shared-memory.yaml").getSpec().getTemplate().getSpec();
        assertThat(pod.getContainers()).hasSize(2).allSatisfy(container -> assertThat(container.getVolumeMounts())
                .anyMatch(mount -> mount.getName().equals("frames") && mount.getMountPath().equals("/dev/shm")));
        assertThat(pod.getVolumes().get(0).getEmptyDir().getMedium()).isEqualTo("Memory");
    }

    @Test
    void probesAskThePortThatIsServed() throws IOException {
        Container extension = podSpec().getContainers().get(0);
        int port = extension.getPorts().get(0).getContainerPort();
        assertThat(extension.getStartupProbe().getGrpc().getPort()).isEqualTo(port);
        assertThat(extension.getReadinessProbe().getGrpc().getPort()).isEqualTo(port);
        assertThat(extension.getPorts()).anyMatch(
                http -> http.getName().equals(extension.getLivenessProbe().getHttpGet().getPort().getStrVal()));
    }

    private static PodSpec podSpec() throws IOException {
        return deployment().getSpec().getTemplate().getSpec();
    }

    private static Deployment deployment() throws IOException {
        return (Deployment) parse("kubernetes.yaml", 0);
    }

    private static Integration integration(String manifest) throws IOException {
        return (Integration) parse(manifest, 0);
    }

    private static HasMetadata parse(String manifest, int index) throws IOException {
        return Manifests.parse(Files.readString(Path.of(manifest))).get(index);
    }

    private static TreeSet<String> properties(Class<?> trait) {
        TreeSet<String> names = new TreeSet<>();
        Arrays.stream(trait.getDeclaredFields()).map(field -> field.getAnnotation(JsonProperty.class))
                .filter(property -> property != null).forEach(property -> names.add(property.value()));
        return names;
    }

    /** Annotations write probe-enabled and request-cpu where fields are probeEnabled and requestCPU. */
    private static String camelCase(String words) {
        StringBuilder name = new StringBuilder();
        for (String word : words.split("-")) {
            String inField = word.equals("cpu") ? "CPU" : word.substring(0, 1).toUpperCase() + word.substring(1);
            name.append(name.isEmpty() ? word : inField);
        }
        return name.toString();
    }

    private static String version() {
        Properties component = new Properties();
        try (InputStream stream = ManifestsTest.class.getResourceAsStream("/META-INF/services/org/apache/camel/component.properties")) {
            component.load(stream);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return component.getProperty("version");
    }

    private static String resource(String name) throws IOException {
        try (InputStream stream = ManifestsTest.class.getResourceAsStream(name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
