package io.github.camellva.tools.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rules of the protocol, read from the page that states them. */
public final class Specification {

    private static final Pattern CHAPTER = Pattern.compile("## (.*)");
    private static final Pattern RULE = Pattern.compile("\\| ([A-Z]{2}-\\d+) \\| (MUST|SHOULD|MAY) \\| (.*) \\| ([^|]*) \\|[^|]*\\|");

    private final Map<String, Rule> rules;

    private Specification(Map<String, Rule> rules) {
        this.rules = Collections.unmodifiableMap(rules);
    }

    /** As it was when this program was built. */
    public static Specification published() {
        try (InputStream page = Specification.class.getResourceAsStream("protocol.md")) {
            return read(new String(page.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Specification read(String page) {
        Map<String, Rule> rules = new LinkedHashMap<>();
        String chapter = "";
        for (String line : page.lines().toList()) {
            Matcher title = CHAPTER.matcher(line);
            Matcher rule = RULE.matcher(line);
            if (title.matches()) {
                chapter = title.group(1);
            } else if (rule.matches()) {
                rules.put(rule.group(1), new Rule(
                        rule.group(1), Level.valueOf(rule.group(2)), chapter, rule.group(3), rule.group(4)));
            }
        }
        return new Specification(rules);
    }

    public Collection<Rule> rules() {
        return rules.values();
    }

    /**
     * The rule that a case is of: HS-3 for HS-3.2.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Rule ruleOf(String caseId) {
        Rule rule = rules.get(caseId.substring(0, Math.max(0, caseId.indexOf('.'))));
        if (rule == null) {
            throw new IllegalArgumentException("case " + caseId + " is of no rule of the specification");
        }
        return rule;
    }
}
