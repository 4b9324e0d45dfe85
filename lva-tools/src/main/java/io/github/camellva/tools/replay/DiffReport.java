package io.github.camellva.tools.replay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

import io.github.camellva.grpc.media.FrameException;
import io.github.camellva.grpc.media.PictureCodec;
import io.github.camellva.proto.Rectangle;
import io.github.camellva.tools.answers.Agreement;
import io.github.camellva.tools.frames.Finding;
import io.github.camellva.tools.frames.FramePicture;

/** The worst frames of a comparison as one page, with everything in it. */
final class DiffReport {

    private static final String HEAD = """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
            <title>Replay</title>
            <style>
            :root { color-scheme: light dark; --line: light-dark(#d8dde3, #333a44); --soft: light-dark(#57606a, #9aa4b1) }
            body { font: 15px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem }
            h1 { font-size: 1.4rem } h2 { font-size: 1.1rem; margin-top: 2rem }
            table { border-collapse: collapse } th, td { padding: .3rem .8rem; border-bottom: 1px solid var(--line); text-align: right }
            th:first-child, td:first-child { text-align: left } thead th { color: var(--soft); font-weight: 500 }
            .frames { display: grid; grid-template-columns: repeat(auto-fill, minmax(22rem, 1fr)); gap: 1.2rem }
            figure { margin: 0 } figcaption { color: var(--soft); font-size: .85rem }
            svg { width: 100%; height: auto; border-radius: 6px; display: block; background: #111 }
            rect { fill: none; stroke-width: 2.5; vector-effect: non-scaling-stroke }
            .before { stroke: #ff5c7a; stroke-dasharray: 7 4 } .now { stroke: #35d07f }
            text { font: 600 14px system-ui, sans-serif; paint-order: stroke; stroke: #000; stroke-width: 3px; fill: #fff }
            </style></head><body>
            """;

    private final Results results;

    DiffReport(Results results) {
        this.results = results;
    }

    void write(Path file, String title) throws IOException {
        StringBuilder page = new StringBuilder(HEAD);
        page.append("<h1>").append(escaped(title)).append("</h1>\n");
        page.append(String.format(Locale.ROOT, "<p>%d frames compared, agreement %.4f.</p>%n", results.compared(), results.agreement()));
        page.append("<table><thead><tr><th>tag</th><th>agreement</th><th>same</th><th>moved</th><th>missed</th><th>new</th></tr></thead><tbody>\n");
        results.tags().forEach((tag, tally) -> page.append(row(tag, tally)));
        page.append("</tbody></table>\n");
        List<Results.Differing> worst = results.worst();
        page.append("<h2>The frames that differ most</h2>\n");
        page.append(worst.isEmpty()
                ? "<p>None differs.</p>\n"
                : "<p>Dashed red: recorded, and not found again there. Green: found now.</p>\n<div class=\"frames\">\n");
        for (Results.Differing differing : worst) {
            page.append(figure(differing));
        }
        page.append(worst.isEmpty() ? "" : "</div>\n").append("</body></html>\n");
        Files.writeString(file, page);
    }

    private static String row(String tag, Agreement.Tally tally) {
        return String.format(Locale.ROOT, "<tr><td>%s</td><td>%.4f</td><td>%d</td><td>%d</td><td>%d</td><td>%d</td></tr>%n",
                escaped(tag), tally.agreement(), tally.same(), tally.moved(), tally.missed(), tally.added());
    }

    private static String figure(Results.Differing differing) {
        Comparison frame = differing.frame();
        StringBuilder svg = new StringBuilder("<figure><svg viewBox=\"0 0 1000 562\" preserveAspectRatio=\"none\" role=\"img\">");
        try {
            ByteBuffer jpg = PictureCodec.encodeJpg(
                    new FramePicture(frame.descriptor(), frame.frame().asReadOnlyByteBuffer()).image(), 80);
            byte[] bytes = new byte[jpg.remaining()];
            jpg.get(bytes);
            svg.append("<image width=\"1000\" height=\"562\" preserveAspectRatio=\"none\" href=\"data:image/jpeg;base64,")
                    .append(Base64.getEncoder().encodeToString(bytes)).append("\"/>");
        } catch (FrameException e) {
            svg.append("<text x=\"20\" y=\"40\">The frame cannot be shown: ").append(escaped(e.getMessage())).append("</text>");
        }
        differing.diff().missed().forEach(finding -> box(svg, finding, "before"));
        frame.findingsNow().forEach(finding -> box(svg, finding, "now"));
        return svg.append("</svg><figcaption>").append(escaped(frame.name())).append(": ")
                .append(differing.diff().missed().size()).append(" missed, ").append(differing.diff().added().size())
                .append(" new, ").append(differing.diff().moved().size()).append(" moved</figcaption></figure>\n").toString();
    }

    private static void box(StringBuilder svg, Finding finding, String kind) {
        Rectangle box = finding.box();
        if (box == null) {
            return;
        }
        svg.append(String.format(Locale.ROOT,
                "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/><text x=\"%.1f\" y=\"%.1f\">%s</text>",
                kind, box.getL() * 1000, box.getT() * 562, box.getW() * 1000, box.getH() * 562, box.getL() * 1000 + 4,
                box.getT() * 562 + 16, escaped(finding.label())));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
