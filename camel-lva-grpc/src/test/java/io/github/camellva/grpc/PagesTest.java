package io.github.camellva.grpc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** What the pages of the project refer to: other pages, sections of them, pictures and tests. */
class PagesTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|mailto:)([^)#\\s]*)(?:#([^)\\s]*))?\\)");
    private static final Pattern BLOCK = Pattern.compile("^ *```.*?^ *```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern HEADING = Pattern.compile("^#+ +(.*)$", Pattern.MULTILINE);
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT))\\.(\\w+)`");
    private static final Pattern ROW = Pattern.compile("^[^|\n]+\\|[^|\n]*\\|([^|\n]+)\\|(\\w+)\\|(\\w+)$", Pattern.MULTILINE);

    @TestFactory
    Stream<DynamicTest> everyLinkLeadsToAFileAndASectionThatAreThere() {
        return pages().map(page -> DynamicTest.dynamicTest(ROOT.relativize(page).toString(),
                () -> assertThat(LINK.matcher(text(page)).results()).allSatisfy(link -> assertLeadsSomewhere(page, link))));
    }

    @Test
    void everyTestThatTheGuaranteesNameIsThere() {
        List<MatchResult> named = TEST.matcher(read(ROOT.resolve("docs").resolve("guarantees.md"))).results().toList();
        List<Path> sources = files("Test.java", "IT.java").toList();
        assertThat(named).hasSizeGreaterThan(50).allSatisfy(test -> assertThat(sources.stream()
                .filter(source -> source.getFileName().toString().equals(test.group(1) + ".java")).map(PagesTest::read))
                .as(test.group()).anyMatch(source -> source.contains(" " + test.group(2) + "(")));
    }

    @Test
    void everyTestThatTheFirstHourRunsIsThere() {
        List<MatchResult> rows = ROW.matcher(read(ROOT.resolve("examples/getting-started/first-hour"))).results().toList();
        assertThat(rows).hasSizeGreaterThan(40).allSatisfy(row -> assertThat(files("/" + row.group(2) + ".java"))
                .as(row.group()).filteredOn(source -> source.startsWith(ROOT.resolve(row.group(1)))).singleElement()
                .satisfies(source -> assertThat(read(source)).contains("void " + row.group(3))));
    }

    @Test
    void everyRouteInYamlSaysWhatBecomesOfFailures() {
        List<String> routes = Stream.concat(
                files(".md", ".adoc").flatMap(page -> Readme.blocks(read(page), "yaml").stream().map(block -> page + "\n" + block)),
                // the benchmark has what Camel does of its own accord
                files("camel.yaml").filter(file -> !file.toString().matches(".*/(test|benchmark)/.*")).map(file -> file + "\n" + read(file)))
                .filter(route -> route.matches("(?s).*- route:.*\\b(lvagrpc|lvavideo)\\b.*")).toList();
        assertThat(routes).hasSizeGreaterThan(30).allMatch(route -> route.matches("(?s).*\\b(errorHandler|onException):.*"));
    }

    private static void assertLeadsSomewhere(Path page, MatchResult link) {
        Path target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1)).normalize();
        assertThat(target).as(link.group()).exists();
        if (link.group(2) != null && target.toString().endsWith(".md")) {
            assertThat(HEADING.matcher(text(target)).results().map(heading -> anchor(heading.group(1))))
                    .as(link.group()).contains(link.group(2));
        }
    }

    /** The name that GitHub gives to a section. */
    private static String anchor(String heading) {
        return heading.strip().toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
    }

    /** Without blocks of code, which have links and headings of their own. */
    private static String text(Path page) {
        return BLOCK.matcher(read(page)).replaceAll("");
    }

    private static Stream<Path> pages() {
        return files(".md");
    }

    /** Of the project, without what builds leave behind. */
    private static Stream<Path> files(String... ends) {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> Stream.of(ends).anyMatch(file.toString()::endsWith))
                    .filter(file -> !ROOT.relativize(file).toString().matches("(.*/)?(target|\\.[^/]+)/.*")).toList().stream();
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
