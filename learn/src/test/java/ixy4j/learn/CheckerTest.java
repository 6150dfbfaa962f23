package ixy4j.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is told of files that are no driver, or not only one. */
class CheckerTest {
    private static final String FIND = "public Card find(List<Card> cards) {";

    private static Report check(int stage, String source) {
        return new Checker(Stage.of(stage), Set.of(), false).check(source);
    }

    private static Report checkFind(String statement) {
        return check(1, Sources.reference().replace(FIND, FIND + "\n" + statement));
    }

    @Test
    void errorsOfTheCompilerAreToldWithTheirLines() {
        Report report = check(1, "class MyDriver {\n    int x = 1\n}\n");
        assertEquals(List.of("MyDriver.java:2: ';' expected"), report.errors());
        assertFalse(report.isPassed());
    }

    @Test
    void aFileMustHaveADriver() {
        for (String source : List.of("class Other {}", "package some; class MyDriver {}")) {
            assertTrue(check(1, source).wrong().startsWith("there is no class MyDriver in the file MyDriver.java, or"));
        }
        assertEquals(
                "the class MyDriver must extend Driver",
                check(1, "class MyDriver {}").wrong());
        String twoArguments = "class MyDriver extends ixy4j.course.Driver { MyDriver(int x) {} }";
        assertTrue(check(1, twoArguments).wrong().contains("needs a constructor without parameters"));
    }

    @Test
    void modulesOtherThanJavaBaseAreThereOnlyIfWanted() {
        String source = Sources.reference()
                .replace("import java.util.List;", "import java.util.List;\nimport java.util.logging.*;");
        assertTrue(check(1, source).errors().getFirst().contains("java.util.logging"), check(1, source)::toString);
        assertTrue(new Checker(Stage.of(1), Set.of(), true).check(source).isPassed());
    }

    @Test
    void neitherCardNorChecksCanBeReached() {
        String named = "try { Class.forName(\"ixy4j.model.i82599.Card\"); throw new Error(\"reached\"); }"
                + " catch (ClassNotFoundException e) { System.nanoTime(); }";
        assertTrue(checkFind(named).isPassed());
    }

    @Test
    void whatIsThrownIsToldWithItsLine() {
        Report report = checkFind("int[] none = {}; none[3] = 1;");
        assertTrue(report.wrong().startsWith("outside of what there is: Index 3"), report.wrong());
        assertEquals(1, report.lines().size());
        assertTrue(checkFind("if (true) throw new IllegalStateException(\"so\");")
                .wrong()
                .endsWith("IllegalStateException: so"));
        assertTrue(checkFind("find(cards);").wrong().startsWith("the stack is full"));
    }

    @Test
    void aMethodThatIsMissingIsToldWithoutALine() {
        Report report = check(1, "class MyDriver extends ixy4j.course.Driver {}");
        assertEquals("find() is still to be written", report.wrong());
        assertEquals(List.of(), report.lines());
        assertEquals(List.of(), report.accesses());
    }

    @Test
    void theExcerptShowsWhereItHappened() {
        String source =
                Sources.reference().replace("        card.write(EIMC, 0x7fff_ffff);\n        while", "        while");
        Report report = check(2, source);
        String text = ReportText.of(report, source);
        assertTrue(text.contains("\nDatasheet: 4.6.3.1\n"), text);
        assertTrue(text.contains("EEC reads 0x"), text);
        assertTrue(text.contains("\nMyDriver.java:\n"), text);
        String mistake = Sources.reference().replace("card.write(RXCTRL, RXCTRL_RXEN);", "card.write(0x44, 1);");
        String told = ReportText.of(check(4, mistake), mistake);
        assertTrue(told.matches("(?s).*\n> +\\d+          card.write\\(0x44, 1\\);\n.*"), told);
    }

    @Test
    void aMistakeInAnEarlierStageIsToldAsSuch() {
        Report report = check(7, Sources.reference().replace("0x7fff_ffff", "0x7fff_ffff); card.write(0x44, 1"));
        assertEquals(2, report.earlier());
        assertTrue(ReportText.of(report, "").contains("./ixy learn check 2"));
    }

    @Test
    void theReportIsJsonForThoseWhoGrade() {
        String passed = ReportJson.of(check(3, Sources.reference()));
        assertTrue(passed.startsWith("{\"stage\":3,\"name\":\"link\",\"passed\":true,\"right\":["), passed);
        String wrong = ReportJson.of(check(3, Sources.reference().replace(" | AUTOC_RESTART_AN", "")));
        assertTrue(wrong.contains("\"passed\":false") && wrong.contains("\"sections\":\"8.2.3.22.19\""), wrong);
        assertEquals(1, wrong.lines().count());
    }
}
