package io.github.camellva.examples.view;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.github.camellva.examples.rig.RunningRoutes;
import io.github.camellva.examples.rig.Scene;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/** The scene of the quickstart, of which it is known where its objects are, on the page in a real browser. */
@Timeout(180)
class SceneIT {

    private static final Path CHROMIUM = Path.of(System.getProperty("chromium", "/usr/bin/chromium"));
    private static final Path DRIVER = Path.of(System.getProperty("chromedriver", "/usr/bin/chromedriver"));
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** What is on the canvas of the large camera, and what its document says. */
    private static final String LOOK = """
            const canvas = document.querySelector('#stage-canvas');
            // of a copy, since reading would slow the page's own canvas
            const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', { willReadFrequently: true });
            copy.drawImage(canvas, 0, 0);
            const inferences = JSON.parse(document.querySelector('#document').textContent).inferences;
            const scale = Math.min(canvas.width / 640, canvas.height / 360);
            const [left, top] = [(canvas.width - 640 * scale) / 2, (canvas.height - 360 * scale) / 2];
            return {
              pixels: copy.getImageData(0, 0, canvas.width, canvas.height).data, width: canvas.width, height: canvas.height, scale,
              boxes: inferences.filter((found) => found.type === 'motion').map((found) => found.motion.box).map((box) => ({
                left: left + box.l * 640 * scale, top: top + box.t * 360 * scale,
                right: left + (box.l + box.w) * 640 * scale, bottom: top + (box.t + box.h) * 360 * scale })) };
            """;

    /** Keeps what is on the canvas without boxes, to be compared with what is there with them. */
    private static final String KEEP = "window.without = (() => {" + LOOK + "})(); return without.boxes.length";

    /**
     * Of the pixels that the boxes changed, the farthest from an edge of a box; how many edges have the colour of motion in their middle;
     * and how many boxes have an object in them, and the background beside them.
     */
    private static final String COMPARE = "const seen = (() => {" + LOOK + "})();" + """
            const near = (at, [red, green, blue]) => Math.hypot(seen.pixels[at] - red, seen.pixels[at + 1] - green, seen.pixels[at + 2] - blue) < 60;
            const changed = (at) => [0, 1, 2].some((part) => seen.pixels[at + part] !== without.pixels[at + part]);
            let farthest = 0;
            for (let at = 0; at < seen.pixels.length; at += 4) {
              if (changed(at)) {
                const [x, y] = [at / 4 % seen.width, Math.floor(at / 4 / seen.width)];
                farthest = Math.max(farthest, Math.min(...seen.boxes.map((box) => {
                  const outside = Math.hypot(Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom));
                  return outside || Math.min(x - box.left, box.right - x, y - box.top, box.bottom - y);
                })));
              }
            }
            let edges = 0;
            let objects = 0;
            for (const box of seen.boxes) {
              const [middle, centre] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
              for (const [x, y] of [[box.left, centre], [box.right, centre], [middle, box.top], [middle, box.bottom]]) {
                let hit = false;
                for (let dx = -12; dx <= 12; dx++) {
                  for (let dy = -12; dy <= 12; dy++) {
                    const at = 4 * ((Math.round(y) + dy) * seen.width + Math.round(x) + dx);
                    hit ||= changed(at) && near(at, [0xf2, 0xf5, 0xf9]);
                  }
                }
                edges += hit;
              }
              // the background is known, and redder towards the bottom
              const background = 70 + 40 * (centre - (seen.height - 360 * seen.scale) / 2) / (360 * seen.scale);
              const differs = (x) => Math.abs(seen.pixels[4 * (Math.round(centre) * seen.width + Math.round(x))] - background) > 15;
              let inside = 0;
              for (let x = box.left + 4; x < box.right - 4; x++) {
                inside += differs(x);
              }
              objects += inside > (box.right - box.left) / 4 && !differs(box.left - 12) && !differs(box.right + 12);
            }
            return { farthest, edges, objects };
            """;

    @BeforeAll
    static void requireBrowser() {
        assumeThat(CHROMIUM).as("install chromium, or set the system property chromium").isExecutable();
        assumeThat(DRIVER).as("install chromium-driver, or set the system property chromedriver").isExecutable();
    }

    @Test
    void theBoxesAreDrawnAroundTheObjectsOfTheScene() throws Exception {
        int port = freePort();
        int extensionPort = freePort();
        ScheduledExecutorService camera = Executors.newSingleThreadScheduledExecutor();
        ChromeDriver browser = browser();
        try (RunningRoutes routes = RunningRoutes.start(main -> {
            main.addOverrideProperty("http.port", String.valueOf(port));
            main.addOverrideProperty("extension.port", String.valueOf(extensionPort));
            // the cameras of the example are not looked at
            main.configure().withAutoStartup(false);
        }); ProducerTemplate node = routes.context().createProducerTemplate()) {
            for (String route : List.of("page", "extension")) {
                routes.context().getRouteController().startRoute(route);
            }
            String extension = "lvagrpc:" + routes.address("extension") + "?encoding=RAW&pixelFormat=BGR24&width=640&height=360"
                               + "&graphInstanceName=scene";
            Scene scene = new Scene();
            AtomicLong frames = new AtomicLong();
            camera.scheduleAtFixedRate(() -> node.requestBody(extension, scene.render(frames.getAndIncrement())),
                    0, 1000 / Scene.FRAMES_PER_SECOND, TimeUnit.MILLISECONDS);
            browser.get("http://127.0.0.1:" + port + "/live/");
            await().atMost(TIMEOUT).until(() -> !browser.findElements(By.cssSelector(".card-open")).isEmpty());
            browser.findElement(By.cssSelector(".card-open")).click();
            press(browser, "l");
            await().atMost(TIMEOUT).until(() -> holdsThreeObjects(browser));
            press(browser, "b");
            browser.executeScript(KEEP);
            press(browser, "b");
            Map<?, ?> seen = (Map<?, ?>) browser.executeScript(COMPARE);
            assertThat(((Number) seen.get("farthest")).doubleValue()).as("pixels from an edge").isBetween(0.1, 4.0);
            assertThat(seen.get("edges")).isEqualTo(12L);
            assertThat(seen.get("objects")).isEqualTo(3L);
            assertThat(browser.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
        } finally {
            browser.quit();
            camera.shutdownNow();
        }
    }

    /** Pauses, and goes on if that was not the moment. */
    private static boolean holdsThreeObjects(ChromeDriver browser) {
        press(browser, " ");
        if (browser.findElement(By.id("document")).getText().contains("inferences") && browser.executeScript(KEEP).equals(3L)) {
            return true;
        }
        press(browser, " ");
        return false;
    }

    private static ChromeDriver browser() {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toString());
        options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--window-size=1280,900",
                // no traffic but the page's
                "--disable-background-networking", "--disable-component-update", "--no-first-run", "--disable-sync",
                "--disable-default-apps", "--disable-extensions", "--no-proxy-server");
        return new ChromeDriver(
                new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).usingAnyFreePort().build(), options);
    }

    private static void press(ChromeDriver browser, CharSequence key) {
        browser.switchTo().activeElement().sendKeys(key);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
