import java.io.File;
import org.apache.pdfbox.preflight.PreflightDocument;
import org.apache.pdfbox.preflight.ValidationResult.ValidationError;
import org.apache.pdfbox.preflight.exception.SyntaxValidationException;
import org.apache.pdfbox.preflight.parser.PreflightParser;

/**
 * Asks PDFBox's validator whether files are PDF/A-1b. Writes a line for each thing that is against
 * it (file, code, words, with tabs between) and, at the end, how many files it has read.
 */
public final class Preflight {
    public static void main(String[] files) throws Exception {
        int read = 0;
        for (String file : files) {
            PreflightParser parser = new PreflightParser(new File(file));
            try {
                parser.parse();
                try (PreflightDocument document = parser.getPreflightDocument()) {
                    document.validate();
                    for (ValidationError error : document.getResult().getErrorsList()) {
                        tell(file, error);
                    }
                }
            } catch (SyntaxValidationException broken) {
                for (ValidationError error : broken.getResult().getErrorsList()) {
                    tell(file, error);
                }
            }
            read++;
        }
        System.out.println(read + " read");
    }

    private static void tell(String file, ValidationError error) {
        System.out.println(file + "\t" + error.getErrorCode() + "\t" + error.getDetails());
    }
}
