package io.github.camellva.grpc;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The routes of README and guide as a reader pastes them: they work, log little while what they need is away, and go on after that. */
@Execution(ExecutionMode.CONCURRENT)
class YamlPastedRoutesIT {

    private static final Duration AWAY = Duration.ofSeconds(10);
    private static final int MOST_LINES = 100;
    private static final int PICTURES = 200;
    private static final List<Path> PAGES = List.of(
            Path.of("../README.md"), Path.of("../docs/getting-started.md"), Path.of("../docs/delivery.md"), Path.of("../docs/recipes.md"),
            Path.of("../docs/security.md"), Path.of("src/main/docs/lvagrpc-component.adoc"));

    private static final Logger LOG = LoggerFactory.getLogger(YamlPastedRoutesIT.class);

    @TempDir
    Path folder;

    private final List<PastedRoute> routes = new ArrayList<>();
    private DefaultCamelContext cameras;

    @BeforeEach
    void startCameras() throws Exception {
        new TestCertificates(Files.createDirectory(folder.resolve("certificates"))).make("tls");
        cameras = new DefaultCamelContext();
        cameras.start();
    }

    @AfterEach
    void stopEverything() {
        routes.forEach(PastedRoute::close);
        cameras.stop();
    }

    @Test
    void whileTheModelIsOff() throws Exception {
        pasteAndFilm("yaml", "localhost:8000");
        assertThat(routes).hasSizeGreaterThan(6);
        routes.forEach(PastedRoute::stopModel);
        assertFewLinesWhileAway();
        routes.forEach(PastedRoute::startModel);
        routes.forEach(PastedRoute::awaitAnswer);
    }

    @Test
    void whileResultsCannotBeWritten() throws Exception {
        pasteAndFilm("yaml", "file:(events|results)");
        assertThat(routes).hasSizeGreaterThan(2);
        routes.forEach(PastedRoute::awaitResult);
        for (PastedRoute route : routes) {
            route.refuseResults();
        }
        assertFewLinesWhileAway();
        for (PastedRoute route : routes) {
            route.takeResults();
        }
        routes.forEach(PastedRoute::awaitResult);
    }

    @Test
    void whilePicturesCannotBeRead() throws Exception {
        pasteAndFilm("java", "ImageIO");
        assertThat(routes).hasSize(1);
        routes.forEach(route -> route.show(withoutScan(jpg())));
        assertFewLinesWhileAway();
        routes.forEach(route -> route.show(jpg()));
        routes.forEach(PastedRoute::awaitAnswer);
    }

    @Test
    void whileTheExtensionIsAwayPicturesWaitAndThenAllAreSent() throws Exception {
        Path pictures = Files.createDirectory(folder.resolve("pictures"));
        for (int number = 0; number < PICTURES; number++) {
            Files.write(pictures.resolve(number + ".jpg"), jpg());
        }
        Files.write(pictures.resolve("broken.jpg"), new byte[20]);
        paste("yaml", "file:pictures");
        assertThat(routes).hasSizeGreaterThan(1);
        assertFewLinesWhileAway();
        try (DefaultCamelContext extensions = new DefaultCamelContext()) {
            for (PastedRoute sender : routes) {
                assertThat(sender.logged()).as(sender.toString()).filteredOn(line -> line.contains("broken.jpg: ")).hasSize(1);
                extensions.addRoutes(extension(sender.extensionPort()));
            }
            extensions.start();
            Pattern answered = Pattern.compile(" \\d+\\.jpg: .*car");
            for (PastedRoute sender : routes) {
                await(sender.toString()).atMost(Duration.ofMinutes(1)).untilAsserted(
                        () -> assertThat(sender.logged()).filteredOn(line -> answered.matcher(line).find()).hasSize(PICTURES));
            }
        }
    }

    private static RouteBuilder extension(int port) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("lvagrpc:127.0.0.1:" + port).setBody(constant(Messages.entity("car")));
            }
        };
    }

    @Test
    void everyRouteOfTheReadmeAnswersTheOneThatSends() throws Exception {
        Files.write(Files.createDirectory(folder.resolve("pictures")).resolve("0.jpg"), jpg());
        String sender = Readme.blocks("yaml").stream().filter(block -> block.contains("file:pictures")).findFirst().orElseThrow();
        paste(Path.of("../README.md"), "java", "lvagrpc:0.0.0.0");
        paste(Path.of("../README.md"), "yaml", "host: 0.0.0.0");
        paste(Path.of("../docs/getting-started.md"), "yaml", "lvagrpc:0.0.0.0");
        assertThat(routes).hasSizeGreaterThan(3);
        for (PastedRoute receiver : List.copyOf(routes)) {
            PastedRoute pair = new PastedRoute("to-" + receiver, sender, folder, jpg(), receiver.servedPort());
            routes.add(pair);
            await(pair.toString()).atMost(Duration.ofSeconds(40)).untilAsserted(
                    () -> assertThat(pair.logged()).anyMatch(line -> line.matches(".* 0\\.jpg: .*(car|day|night|seen).*")));
        }
    }

    private void pasteAndFilm(String language, String need) throws Exception {
        paste(language, need);
        routes.forEach(route -> route.film(cameras));
        routes.forEach(PastedRoute::awaitAnswer);
    }

    /** Every block that has what is looked for. */
    private void paste(String language, String need) throws Exception {
        for (Path page : PAGES) {
            paste(page, language, need);
        }
    }

    private void paste(Path page, String language, String need) throws Exception {
        for (String block : Readme.blocks(Files.readString(page), language)) {
            if (Pattern.compile(need).matcher(block).find()) {
                String name = page.getFileName().toString().replaceAll("\\..*", "-") + Integer.toHexString(need.hashCode()) + "-" + routes.size();
                routes.add(new PastedRoute(name, block, folder, jpg()));
            }
        }
    }

    private void assertFewLinesWhileAway() {
        List<Integer> before = routes.stream().map(route -> route.logged().size()).toList();
        await().pollDelay(AWAY).atMost(AWAY.plusSeconds(10)).until(() -> true);
        SoftAssertions.assertSoftly(softly -> {
            for (int index = 0; index < routes.size(); index++) {
                List<String> all = routes.get(index).logged();
                List<String> lines = all.subList(before.get(index), all.size());
                LOG.info("{}: {} lines in {}", routes.get(index), lines.size(), AWAY);
                softly.assertThat(lines).as("%s: what is wrong is said", routes.get(index)).anyMatch(line -> line.matches("(WARN|ERROR).*"));
                softly.assertThat(lines.size()).as("%s: lines, which begin with %s", routes.get(index),
                        lines.stream().limit(30).toList()).isLessThanOrEqualTo(MOST_LINES);
            }
        });
    }

    /** Has a header, and is sent as it is, but cannot be decoded. */
    private static byte[] withoutScan(byte[] jpg) {
        int scan = 2;
        while (jpg[scan] != (byte) 0xff || jpg[scan + 1] != (byte) 0xda) {
            scan++;
        }
        return Arrays.copyOf(jpg, scan);
    }

    private static byte[] jpg() {
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            ImageIO.write(new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB), "jpg", out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
