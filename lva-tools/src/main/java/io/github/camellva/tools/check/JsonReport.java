package io.github.camellva.tools.check;

import java.util.Locale;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camellva.tools.Version;

/** Results for programs. */
final class JsonReport {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private JsonReport() {
    }

    static String toJson(Report report) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("tool", "lva " + Version.number()).put("checked", report.title()).put("target", report.target())
                .put("begun", report.begun().toString()).put("milliseconds", report.took().toMillis())
                .put("conforms", report.conforms()).put("verdict", report.verdict());
        ArrayNode broken = json.putArray("broken");
        report.broken().forEach(broken::add);
        ObjectNode facts = json.putObject("facts");
        report.facts().forEach(facts::put);
        ObjectNode levels = json.putObject("levels");
        for (Level level : Level.values()) {
            ObjectNode counts = levels.putObject(level.name());
            for (Verdict verdict : Verdict.values()) {
                counts.put(verdict.name().toLowerCase(Locale.ROOT), report.count(level, verdict));
            }
        }
        ArrayNode cases = json.putArray("cases");
        report.results().forEach(result -> add(cases.addObject(), result));
        return json.toPrettyString();
    }

    private static void add(ObjectNode json, CaseResult result) {
        json.put("id", result.info().id()).put("rule", result.info().rule().id()).put("level", result.info().level().name())
                .put("verdict", result.verdict().name()).put("expected", result.info().expected()).put("seen", result.seen())
                .put("milliseconds", result.took().toMillis());
        ArrayNode lines = json.putArray("lines");
        result.lines().forEach(line -> lines.addObject().put("milliseconds", line.millis())
                .put("speaker", line.speaker().name()).put("text", line.text()));
    }
}
