package io.github.camellva.view;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import io.github.camellva.grpc.LvaGrpcConstants;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.Rectangle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.Keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The page in a real browser. */
@Timeout(120)
class BrowserIT {

    private static final String CARD = ".card canvas";
    private static final String STAGE = "#stage-canvas";
    private static final String RAW = "encoding=RAW&pixelFormat=RGB24";

    private static Browser browser;

    private final AtomicReference<List<Inference>> found = new AtomicReference<>(Findings.ofEveryKind());
    private Application application;

    @BeforeAll
    static void openBrowser() {
        browser = Browser.open();
    }

    @AfterAll
    static void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void start() throws Exception {
        application = Application.start("show=received&title=Harbour", exchange -> {
            if (found.get() == null) {
                throw new IllegalStateException("the model is not there");
            }
            exchange.getMessage().setBody(found.get());
        });
    }

    /** Whatever a test did, the page complained of nothing. */
    @AfterEach
    void stop() {
        try {
            assertThat(browser.console()).isEmpty();
        } finally {
            browser.driver().get("about:blank");
            application.close();
        }
    }

    @Test
    void camerasAreShownWithWhatIsKnownOfThem() {
        application.camera("front door", "encoding=JPG&graphNodeName=people", 10, index -> TestCamera.jpg());
        application.camera("gate", RAW, 5, TestCamera::plain);
        open();
        awaitBox(CARD, "person");
        assertThat(browser.driver().getTitle()).isEqualTo("Harbour");
        await().untilAsserted(() -> assertThat(text(".grid"))
                .contains("front door", "people", "JPG 640x360", "embedded", "1 session", "0 skipped", "0 failed", "gate",
                        "RAW RGB24 640x360", "live")
                .containsPattern("\\d+(\\.\\d)? frames/s").containsPattern("\\d+(\\.\\d)? ms"));
        browser.screenshot("grid");
    }

    @Test
    void aBoxIsDrawnWhereTheObjectIsInTheColourOfItsTag() {
        application.camera("gate", RAW, 10, TestCamera::plain);
        open();
        for (String tag : List.of("person", "car", "bottle")) {
            found.set(List.of(Findings.entity(tag, 0.9f, Findings.BOX)));
            awaitBox(CARD, tag);
            openLarge();
            awaitBox(STAGE, tag);
            press(Keys.ESCAPE);
        }
        // and nowhere else
        assertThat(distanceTo(CARD, "bottle", 0.9, 0.5)).isGreaterThan(60);
        assertThat(distanceTo(CARD, "bottle", 0.5, 0.5)).isGreaterThan(60);
    }

    @Test
    void everyKindOfFindingIsListedForPeopleAndForScreenReaders() {
        application.camera("gate", RAW, 10, TestCamera::plain);
        open();
        openLarge();
        await().untilAsserted(() -> assertThat(text("#findings"))
                .contains("person #7", "91 %", "colour: red", "motion", "daylight", "EXIT 12", "language: en", "line crossed",
                        "direction: left"));
        assertThat((String) browser.evaluate("return document.querySelector('#stage-list').textContent"))
                .contains("entity person, identity 7, 91 %, from the left 25 %, from the top 25 %, wide 50 %, high 50 %, colour: red",
                        "motion, from the left 5 %", "classification daylight, 83 %", "text EXIT 12", "event line crossed");
        assertThat(text("#document")).contains("\"inferences\"", "\"value\": \"daylight\"");
        await().untilAsserted(() -> assertThat((String) browser.evaluate(
                "return document.querySelector('#chart svg')?.getAttribute('aria-label') ?? ''"))
                .matches("Findings per minute in the last 15 minutes: [0-9, ]*[1-9][0-9]*"));
        browser.screenshot("large");
    }

    @Test
    void whatPeersSayIsTextAndNeverMarkup() {
        String evil = "<img src=x onerror=alert(1)>\"'&<script>document.title='owned'</script>";
        found.set(List.of(Findings.entity(evil, 0.5f, Findings.BOX), Inference.newBuilder().setSubtype(evil)
                .setEvent(io.github.camellva.proto.Event.newBuilder().setName(evil).putProperties(evil, evil)).build()));
        application.camera(evil, RAW + "&graphNodeName=RAW(" + "<b>node</b>" + ")", 10, TestCamera::plain);
        open();
        await().untilAsserted(() -> assertThat(text(".card-name")).isEqualTo(evil));
        openLarge();
        await().untilAsserted(() -> assertThat(text("#findings")).contains(evil + " #7", evil + ": " + evil));
        assertThat(text("#stage-name")).isEqualTo(evil);
        assertThat(text("#stage-node")).startsWith("<b>node</b>");
        assertThat(text("#document")).contains("<script>document.title=");
        assertThat(browser.driver().getTitle()).isEqualTo("Harbour");
        assertThat(browser.evaluate("return document.querySelectorAll('main img, main script, main b:not(.stats b)').length")).isEqualTo(0L);
    }

    @Test
    void pauseHoldsThePictureAndStepsBackOverTheLastAnswers() {
        application.camera("gate", RAW, 10, index -> TestCamera.plain(index));
        open();
        openLarge();
        awaitBox(STAGE, "person");
        await().until(() -> browser.driver().findElement(By.id("older")).isEnabled());
        press(" ");
        assertThat(text("#state")).isEqualTo("Paused");
        String held = text("#position");
        String document = text("#document");
        press(Keys.ARROW_LEFT);
        await().untilAsserted(() -> assertThat(text("#position")).startsWith("1 answer back"));
        assertThat(text("#document")).isNotEqualTo(document);
        press(Keys.ARROW_RIGHT);
        await().untilAsserted(() -> assertThat(text("#position")).isEqualTo(held));
        assertThat(text("#document")).isEqualTo(document);
        press(" ");
        await().untilAsserted(() -> assertThat(text("#position")).isNotEqualTo(held).startsWith("newest"));
    }

    @Test
    void theThresholdLeavesOutWhatIsLessSure() {
        found.set(List.of(Findings.entity("person", 0.91f, Findings.BOX),
                Findings.entity("car", 0.4f, Rectangle.newBuilder().setL(0.1f).setT(0.1f).setW(0.1f).setH(0.1f).build())));
        application.camera("gate", RAW, 10, TestCamera::plain);
        open();
        openLarge();
        await().untilAsserted(() -> assertThat(text("#findings")).contains("person", "car"));
        for (int i = 0; i < 10; i++) {
            press("+");
        }
        assertThat(text("#threshold-value")).isEqualTo("50 %");
        await().untilAsserted(() -> assertThat(text("#findings")).contains("person").doesNotContain("car"));
        for (int i = 0; i < 10; i++) {
            press("-");
        }
        await().untilAsserted(() -> assertThat(text("#findings")).contains("car"));
    }

    @Test
    void keysSwitchWhatIsDrawn() {
        found.set(List.of(Findings.entity("person", 0.91f, Findings.BOX)));
        application.camera("gate", RAW, 10, TestCamera::plain);
        open();
        awaitBox(CARD, "person");
        press("b");
        assertThat(browser.driver().findElement(By.id("boxes")).getDomAttribute("aria-pressed")).isEqualTo("false");
        await().untilAsserted(() -> assertThat(distanceTo(CARD, "person", 0.75, 0.5)).isGreaterThan(60));
        press("b");
        awaitBox(CARD, "person");
        press("?");
        assertThat(browser.driver().findElement(By.id("help")).isDisplayed()).isTrue();
        press(Keys.ESCAPE);
        assertThat(browser.driver().findElement(By.id("help")).isDisplayed()).isFalse();
        // by tab and enter alone, to a large camera and back to where the focus was
        ((JavascriptExecutor) browser.driver()).executeScript("document.getElementById('help-open').focus()");
        press(Keys.TAB);
        press(Keys.ENTER);
        await().untilAsserted(() -> assertThat(browser.driver().findElement(By.id("stage")).isDisplayed()).isTrue());
        press(Keys.ESCAPE);
        await().untilAsserted(() -> assertThat(browser.driver().switchTo().activeElement().getDomAttribute("class"))
                .isEqualTo("card-open"));
    }

    @Test
    void upstreamInferencesAreShownAndCanBeLeftOut() {
        found.set(List.of());
        application.camera("gate", RAW, 10, TestCamera::plain,
                Map.of(LvaGrpcConstants.INFERENCES, List.of(Findings.entity("person", 0.7f, Findings.BOX))));
        open();
        openLarge();
        await().untilAsserted(() -> assertThat(text("#findings")).contains("person", "upstream"));
        press("u");
        await().untilAsserted(() -> assertThat(text("#findings")).isEqualTo("nothing found"));
        press("u");
    }

    @Test
    void aCameraThatGoesAwaySaysSoAndComesBack() {
        TestCamera camera = application.camera("gate", RAW, 10, TestCamera::plain);
        open();
        awaitBox(CARD, "person");
        camera.close();
        await().atMost(Duration.ofSeconds(20)).untilAsserted(
                () -> assertThat(text(".badge")).matches("no frame for \\d+ s|no session, last frame \\d+ s ago"));
        assertThat(browser.driver().findElement(By.cssSelector(".badge")).getDomAttribute("data-state")).isNotEqualTo("live");
        browser.screenshot("stopped");
        application.camera("gate", RAW, 10, TestCamera::plain);
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(text(".badge")).isEqualTo("live"));
    }

    @Test
    void thePageGoesOnWhenTheExtensionWasRestarted() throws Exception {
        application.camera("gate", RAW, 10, TestCamera::plain);
        open();
        awaitBox(CARD, "person");
        application.context().getRouteController().stopRoute(Application.EXTENSION);
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(text(".badge")).startsWith("no session"));
        found.set(List.of(Findings.entity("bicycle", 0.8f, Findings.BOX)));
        application.context().getRouteController().startRoute(Application.EXTENSION);
        awaitBox(CARD, "bicycle");
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(text(".badge")).isEqualTo("live"));
    }

    @Test
    void aFrameThatFailedIsShownAsFailed() {
        found.set(null);
        application.camera("gate", RAW, 10, TestCamera::plain);
        open();
        openLarge();
        await().untilAsserted(() -> assertThat(text("#position")).endsWith("failed"));
        await().untilAsserted(() -> assertThat(text("#facts")).containsPattern("Failed\\s+[1-9]"));
    }

    @Test
    void itFitsAPhone() {
        application.camera("gate", RAW, 10, TestCamera::plain);
        browser.driver().manage().window().setSize(new org.openqa.selenium.Dimension(500, 900));
        try {
            open();
            awaitBox(CARD, "person");
            assertThat(browser.evaluate("return document.documentElement.scrollWidth <= innerWidth")).isEqualTo(true);
            browser.screenshot("phone");
            openLarge();
            awaitBox(STAGE, "person");
            assertThat(browser.evaluate("return document.documentElement.scrollWidth <= innerWidth")).isEqualTo(true);
        } finally {
            browser.driver().manage().window().setSize(new org.openqa.selenium.Dimension(1280, 900));
        }
    }

    private void open() {
        browser.driver().get(application.page().toString());
        await().atMost(Duration.ofSeconds(20)).until(() -> !browser.driver().findElements(By.cssSelector(".card-open")).isEmpty());
    }

    private static void openLarge() {
        browser.driver().findElement(By.cssSelector(".card-open")).click();
        await().until(() -> browser.driver().findElement(By.id("stage")).isDisplayed());
    }

    /** Waits for the right edge of {@link Findings#BOX} in the colour of the tag. */
    private static void awaitBox(String canvas, String tag) {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(
                () -> assertThat(distanceTo(canvas, tag, Findings.BOX.getL() + Findings.BOX.getW(), 0.5)).isLessThan(50));
    }

    /** How far the colour of a tag is from the nearest one around a place of the picture, 0 to 441. */
    private static double distanceTo(String canvas, String tag, double x, double y) {
        return ((Number) browser.evaluate("""
                const [selector, tag, x, y] = given;
                const { lookOf } = await import(new URL('colour.js', location.href.replace(/#.*/, '')));
                const wanted = lookOf(tag).colour.match(/[0-9a-f]{2}/g).map((part) => parseInt(part, 16));
                const canvas = document.querySelector(selector);
                const ratio = Math.min(canvas.width / 640, canvas.height / 360);
                const left = (canvas.width - 640 * ratio) / 2 + x * 640 * ratio;
                const top = (canvas.height - 360 * ratio) / 2 + y * 360 * ratio;
                // of a copy, since reading would slow the page's own canvas
                const copy = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
                copy.drawImage(canvas, left - 2, top - 14, 4, 28, 0, 0, 4, 28);
                const near = copy.getImageData(0, 0, 4, 28).data;
                let least = 999;
                for (let at = 0; at < near.length; at += 4) {
                  least = Math.min(least, Math.hypot(...wanted.map((part, i) => part - near[at + i])));
                }
                return least;
                """, canvas, tag, x, y)).doubleValue();
    }

    private static void press(CharSequence key) {
        browser.driver().switchTo().activeElement().sendKeys(key);
    }

    private static String text(String selector) {
        return browser.driver().findElement(By.cssSelector(selector)).getText();
    }
}
