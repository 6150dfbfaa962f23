package ixy4j.watch.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.watch.scene.Scene;
import ixy4j.watch.scene.SceneOptions;
import ixy4j.watch.timeline.FaultInfo;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The docs as pages. */
class ManualTest {
    private final Manual manual = new Manual();

    private String page(String name) {
        return new String(manual.file(name).orElseThrow(), StandardCharsets.UTF_8);
    }

    /** Each fault says where it is explained, and there it is. */
    @Test
    void whatAFaultRefersToIsThere() {
        List<FaultInfo> faults;
        try (Scene scene = new Scene(SceneOptions.DEFAULT)) {
            faults = scene.timeline().heading().faults();
        }
        assertFalse(faults.isEmpty());
        for (FaultInfo fault : faults) {
            int hash = fault.docs().indexOf('#');
            String id = "id=\"" + fault.docs().substring(hash + 1) + '"';
            assertTrue(page(fault.docs().substring(0, hash)).contains(id), fault::docs);
        }
        assertTrue(page("watch.md").contains("id=\"what-the-card-says\""));
    }

    @Test
    void aPageHasItsTitleTablesAndStyle() {
        String page = page("model.md");
        assertTrue(page.contains("<title>") && !page.contains("<title></title>"), page);
        assertTrue(page.contains("<table>"), page);
        assertTrue(page.contains("href=\"manual.css\""), page);
        assertTrue(page("learn/01-find.md").contains("href=\"../manual.css\""));
        assertEquals("text/css; charset=utf-8", Manual.type("manual.css"));
        assertTrue(manual.file("manual.css").isPresent());
    }

    /** What stands in angle brackets in the docs is text. */
    @Test
    void htmlIsEscaped() {
        String page = page("commands.md");
        assertFalse(page.contains("<script"), page);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "none.md", "../pom.xml", "..", "learn/../model.md", "model.md/", "/model.md", "model"})
    void nothingElseIsThere(String name) {
        assertEquals(Optional.empty(), manual.file(name));
    }
}
