package io.github.camellva.tools.check;

import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Results for build servers: a suite for each chapter. A rule that is broken and does not count is a skipped test, since a failure
 * would break the build.
 */
final class JUnitReport {

    private final Report report;

    JUnitReport(Report report) {
        this.report = report;
    }

    String toXml() {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("testsuites");
            xml.writeAttribute("name", "lva check: " + report.title());
            for (Map.Entry<String, List<CaseResult>> chapter : chapters().entrySet()) {
                write(xml, chapter.getKey(), chapter.getValue());
            }
            xml.writeEndElement();
            xml.writeEndDocument();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
        return text.toString();
    }

    private Map<String, List<CaseResult>> chapters() {
        return report.results().stream().collect(Collectors.groupingBy(
                result -> result.info().rule().chapter(), LinkedHashMap::new, Collectors.toList()));
    }

    private void write(XMLStreamWriter xml, String chapter, List<CaseResult> results) throws XMLStreamException {
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", chapter);
        xml.writeAttribute("tests", String.valueOf(results.size()));
        xml.writeAttribute("failures", String.valueOf(results.stream().filter(report::counts).count()));
        xml.writeAttribute("errors", "0");
        xml.writeAttribute("skipped", String.valueOf(results.stream().filter(this::isSkipped).count()));
        for (CaseResult result : results) {
            write(xml, result);
        }
        xml.writeEndElement();
    }

    private boolean isSkipped(CaseResult result) {
        return result.verdict() != Verdict.PASSED && !report.counts(result);
    }

    private void write(XMLStreamWriter xml, CaseResult result) throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", result.info().rule().id());
        xml.writeAttribute("name", result.info().id() + " " + result.info().level() + " " + result.info().expected());
        xml.writeAttribute("time", String.valueOf(result.took().toMillis() / 1000.0));
        if (report.counts(result)) {
            xml.writeStartElement("failure");
            xml.writeAttribute("type", result.info().level().name());
            xml.writeAttribute("message", legal(result.seen()));
            xml.writeCharacters(legal(result.lines().stream()
                    .map(line -> line.millis() + " ms " + TableReport.arrow(line.speaker()) + " " + line.text())
                    .collect(Collectors.joining("\n"))));
            xml.writeEndElement();
        } else if (isSkipped(result)) {
            xml.writeEmptyElement("skipped");
            xml.writeAttribute("message", legal(
                    (result.verdict() == Verdict.FAILED ? "broken, and binds no more than " + result.info().level() + ": " : "")
                                                + result.seen()));
        }
        xml.writeEndElement();
    }

    /** Without characters that XML cannot have. */
    private static String legal(String text) {
        return text.replaceAll("[^\\x09\\x0A\\x0D\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", "?");
    }
}
