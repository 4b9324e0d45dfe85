package io.github.camellva.grpc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What the guide in docs, the READMEs and the other pages show. */
class YamlGuideIT {

    private static final Pattern OTHER_MODULES = Pattern.compile("lva(?:video|onnx|view):");
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    static Path certificates;

    @BeforeAll
    static void makeCertificates() throws Exception {
        new TestCertificates(certificates).make("tls");
    }

    @TestFactory
    Stream<DynamicTest> everyYamlRouteOfTheGuideStarts() throws IOException {
        return guide().flatMap(page -> Readme.blocks(read(page), "yaml").stream()
                // cameras, models and the live view are run by the tests of their own modules
                .filter(route -> !OTHER_MODULES.matcher(route).find())
                .map(route -> DynamicTest.dynamicTest(ROOT.relativize(page).toString(), () -> startYaml(route))));
    }

    @TestFactory
    Stream<DynamicTest> everyCommandThatRunsAnExampleNamesOneThatIsThere() throws IOException {
        Pattern command = Pattern.compile("mvn (?:-q )?-P(\\S+) -pl (\\S+)");
        return pages().flatMap(page -> command.matcher(read(page)).results()
                .map(found -> DynamicTest.dynamicTest(ROOT.relativize(page) + " " + found.group(), () -> assertThat(
                        ROOT.resolve(found.group(2)).resolve("pom.xml")).content().contains("<id>" + found.group(1) + "</id>"))));
    }

    @Test
    void thereIsAGuide() throws IOException {
        assertThat(pages()).extracting(page -> ROOT.relativize(page).toString())
                .contains("README.md", "CHANGELOG.md", "SECURITY.md", "docs/README.md", "docs/concepts.md", "docs/troubleshooting.md");
    }

    private void startYaml(String route) throws Exception {
        try (CamelContext context = new DefaultCamelContext()) {
            String yaml = Readme.inWordsOfThisCamel(onThisMachine(route));
            PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("guide.yaml", yaml));
            start(context);
        }
    }

    private static void start(CamelContext context) {
        context.start();
        assertThat(context.getRoutes()).isNotEmpty().allSatisfy(
                route -> assertThat(context.getRouteController().getRouteStatus(route.getRouteId()).isStarted()).isTrue());
    }

    private static String onThisMachine(String route) {
        return route.replace("{{extension.port}}", "5001").replace("0.0.0.0:5001", "127.0.0.1:0").replace("/etc/lva/tls", certificates + "/tls");
    }

    private static Stream<Path> guide() throws IOException {
        return pages().filter(page -> page.startsWith(ROOT.resolve("docs")));
    }

    /** Of the project, without what builds leave behind. */
    private static Stream<Path> pages() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !ROOT.relativize(file).toString().matches("(.*/)?(target|\\.[^/]+)/.*"))
                    .toList().stream();
        }
    }

    private static String read(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
