package io.github.camellva.proto;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The page that says what the protocol is leaves nothing of the contract out. */
class SpecificationTest {

    private static final Pattern RULE = Pattern.compile("(?m)^\\| ([A-Z]{2}-\\d+) \\| ([A-Z]+) \\| .* \\| ([^|]*) \\| [^|]*\\|$");

    private static String page;

    @BeforeAll
    static void read() throws Exception {
        page = Files.readString(Path.of("..", "docs", "protocol.md"));
    }

    @Test
    void everyFieldOfEveryMessageIsNamed() {
        List<String> fields = messages().flatMap(message -> message.getFields().stream())
                .filter(field -> !field.getContainingType().getOptions().getMapEntry()).map(field -> field.getName()).toList();
        assertThat(fields).hasSizeGreaterThan(50).allSatisfy(field -> assertThat(page).containsPattern("`([a-z_]+\\.)?" + field + "(\\.[a-z_]+)?`"));
    }

    @Test
    void everyEncodingPixelFormatAndTypeOfInferenceIsNamedWithItsNumber() {
        List<EnumDescriptor> enums = messages().flatMap(message -> message.getEnumTypes().stream()).toList();
        assertThat(enums).hasSize(3).flatMap(EnumDescriptor::getValues)
                .allSatisfy(value -> assertThat(page).containsPattern("\\b" + value.getName() + "\\b"));
    }

    @Test
    void everyRuleHasAnIdOfItsOwnALevelAndASource() {
        List<MatchResult> rules = RULE.matcher(page).results().toList();
        assertThat(rules).hasSizeGreaterThan(60);
        assertThat(rules).extracting(rule -> rule.group(1)).doesNotHaveDuplicates();
        assertThat(rules).allSatisfy(rule -> {
            assertThat(rule.group(2)).isIn("MUST", "SHOULD", "MAY");
            assertThat(rule.group(3)).matches("[APOD]( \\([a-z]+\\))?(, [APOD]( \\([a-z]+\\))?)*");
        });
        assertThat(page.lines().filter(line -> line.matches("\\| [A-Z]{2}-\\d+ .*"))).as("no rule is written in another way")
                .hasSameSizeAs(rules);
    }

    private static Stream<Descriptor> messages() {
        return Stream.of(ExtensionProto.getDescriptor(), MediaProto.getDescriptor(), InferencingProto.getDescriptor())
                .map(FileDescriptor::getMessageTypes).flatMap(List::stream)
                .flatMap(message -> Stream.concat(Stream.of(message), message.getNestedTypes().stream()));
    }
}
