package io.github.camellva.grpc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What neither the compiler nor Maven checks, over all modules. */
class HouseRulesTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern VERSION = Pattern.compile("<version>([^<]*)</version>");
    private static final Pattern PARENT = Pattern.compile("(?s)<parent>.*?</parent>");
    private static final Pattern INTERNAL = Pattern.compile("<exclude>(io\\.github\\.camellva\\.grpc\\.[a-z]+)</exclude>");
    private static final Pattern ACTION = Pattern.compile("uses:\\s*(\\S+)(.*)");

    @Test
    void versionsAreNamedInTheParentAlone() {
        assertThat(modules()).hasSizeGreaterThan(10).allSatisfy(pom -> assertThat(
                VERSION.matcher(PARENT.matcher(read(pom)).replaceFirst("")).results().map(version -> version.group(1)))
                .as(pom.toString()).allMatch(version -> version.startsWith("${")));
    }

    @Test
    void everyModuleSaysWhatItIs() {
        assertThat(modules()).allSatisfy(pom -> assertThat(read(pom)).as(pom.toString()).contains("<name>", "<description>"));
    }

    @Test
    void theParentSaysWhatMavenCentralAsksFor() {
        assertThat(read(ROOT.resolve("pom.xml")))
                .contains("<name>", "<description>", "<url>", "<licenses>", "<developers>", "<scm ", "<connection>");
    }

    @Test
    void actionsArePinnedByTheHashOfTheirCommitAndNameItsVersion() throws IOException {
        List<MatchResult> actions;
        try (Stream<Path> workflows = Files.list(ROOT.resolve(".github").resolve("workflows"))) {
            actions = workflows.flatMap(workflow -> ACTION.matcher(read(workflow)).results()).toList();
        }
        assertThat(actions).isNotEmpty().allSatisfy(action -> {
            assertThat(action.group(1)).matches("[^@]+@[0-9a-f]{40}");
            assertThat(action.group(2)).matches(" # v\\d+\\.\\d+\\.\\d+");
        });
    }

    @Test
    void everyPackageSaysWhetherItIsApiOrInternalAndOnlyApiIsHeldToCompatibility() {
        Path sources = Path.of("src/main/java").toAbsolutePath();
        List<Path> descriptions = files(".java").stream().filter(source -> source.startsWith(sources))
                .map(source -> source.resolveSibling("package-info.java")).distinct().toList();
        List<String> internal = INTERNAL.matcher(read(ROOT.resolve("pom.xml"))).results().map(name -> name.group(1)).toList();
        assertThat(descriptions).isNotEmpty().allSatisfy(file -> assertThat(read(file)).contains(
                internal.contains(packageOf(file)) ? "Internal: may change without notice" : "API"));
        assertThat(descriptions).extracting(HouseRulesTest::packageOf).containsAll(internal);
    }

    @Test
    void nothingSleepsButTheBenchmarkWhileItMeasures() {
        List<Path> sources = files(".java").stream().filter(source -> !source.endsWith("benchmark/Run.java")).toList();
        // in two parts, since this file is one of them
        assertThat(sources).hasSizeGreaterThan(100)
                .allSatisfy(source -> assertThat(read(source)).as(source.toString()).doesNotContain("Thread" + ".sleep("));
    }

    private static String packageOf(Path description) {
        return read(description).replaceAll("(?s).*\npackage ([\\w.]+);.*", "$1");
    }

    private static List<Path> modules() {
        return files("pom.xml").stream().filter(pom -> !pom.equals(ROOT.resolve("pom.xml"))).toList();
    }

    /** Of the project, without what builds leave behind. */
    private static List<Path> files(String end) {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(end))
                    .filter(file -> !ROOT.relativize(file).toString().matches("(.*/)?(target|\\.[^/]+)/.*")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
