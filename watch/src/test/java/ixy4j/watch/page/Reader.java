package ixy4j.watch.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import ixy4j.Machine;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Who reads the page: a browser, and what one does in it and sees. */
final class Reader implements AutoCloseable {
    private static final Duration PATIENCE =
            Duration.ofMinutes(1); // for conditions that come within a second or not at all

    /** Selenium warns that it knows no newer protocol for this browser than it has; none is used here. */
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium.devtools");

    private final ChromeDriver driver;

    Reader(Path profile) {
        Machine.needsProgram("chromium");
        Machine.needsProgram("chromedriver");
        SELENIUM.setLevel(Level.SEVERE);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(program("chromium").toFile());
        options.setCapability("goog:loggingPrefs", logs);
        options.addArguments(
                "--headless",
                "--remote-debugging-pipe", // not every system knows localhost, by which a port would be reached
                "--no-sandbox", // root has none
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--window-size=1400,900",
                "--user-data-dir=" + profile);
        driver = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(program("chromedriver").toFile())
                        .build(),
                options);
    }

    private static Path program(String name) {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }

    /** Opens a page, and waits until it shows something. */
    void open(URI page) {
        driver.get(page.toString());
        await("the page", () -> !all("#controls .play").isEmpty());
    }

    /** Leaves the page, which would otherwise complain when its server is gone. */
    void leave() {
        driver.get("about:blank");
    }

    /** A screen of so many dots; below 500 it is a phone's. */
    void screen(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
    }

    /** Presses keys, wherever the focus is. */
    void press(CharSequence... keys) {
        driver.switchTo().activeElement().sendKeys(keys);
    }

    void click(String selector) {
        one(selector).click();
    }

    WebElement one(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    /** What is written in an element, in one line. */
    String text(String selector) {
        return (String) run(
                "return document.querySelector(arguments[0])?.textContent.replace(/\\s+/g, ' ').trim() ?? ''",
                selector);
    }

    /** Runs some JavaScript. */
    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** Runs some that ends with {@code done(value)}. */
    Object runAsync(String script) {
        driver.manage().timeouts().scriptTimeout(PATIENCE);
        return driver.executeAsyncScript("const done = arguments[0]; " + script);
    }

    /** The number of moments that have happened where the reader is. */
    long position() {
        return (Long) run("return Number(document.querySelector('.position b').textContent.replaceAll(',', ''))");
    }

    /** The number of moments that the page knows. */
    long end() {
        return (Long) run("return Number(document.querySelector('.time').max)");
    }

    /** What the ring says of itself to who cannot see it. */
    String ring(int card, int ring) {
        return one("[data-card='" + card + "'][data-ring='" + ring + "']").getAttribute("aria-valuetext");
    }

    boolean isPlaying() {
        return one("#controls .play").getAttribute("aria-label").startsWith("Pause");
    }

    /** Moves to a moment by the bar of time. */
    void scrub(long moment) {
        run(
                "const bar = document.querySelector('.time'); bar.value = arguments[0]; bar.dispatchEvent(new Event('input'))",
                moment);
        await("moment " + moment, () -> position() == moment);
    }

    /** Waits until something is so. */
    void await(String what, BooleanSupplier isSo) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!isSo.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                fail("waited for " + what + "; the page says: " + text("body"));
            }
            Thread.onSpinWait();
        }
    }

    /** Nothing went wrong that a browser notices: errors of scripts, what the policy forbids, what is not found. */
    void assertNoTrouble() {
        List<String> troubles = driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
        assertEquals(List.of(), troubles);
    }

    /** Moves the focus on until it is at such an element. */
    void tabTo(String selector) {
        await("the focus at " + selector, () -> {
            press(Keys.TAB);
            return (Boolean) run("return document.activeElement.matches(arguments[0])", selector);
        });
    }

    @Override
    public void close() {
        driver.quit();
    }
}
