// Evaluates one XPath expression a line with ODK's engine, without a form: type, string, boolean, number (none for a
// string), separated by tabs, or ERR and why.
import java.io.*;
import java.nio.charset.StandardCharsets;
import org.javarosa.core.model.condition.EvaluationContext;
import org.javarosa.xpath.*;
import org.javarosa.xpath.expr.*;

public class XPath {
  public static void main(String[] arguments) throws Exception {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, "UTF-8");
    String line;
    while ((line = in.readLine()) != null) {
      String answer;
      try {
        Object value = XPathFuncExpr.unpack(XPathParseTool.parseXPath(line).eval(null, new EvaluationContext(null)));
        answer = value.getClass().getSimpleName() + "\t" + XPathFuncExpr.toString(value) + "\t"
            + XPathFuncExpr.toBoolean(value) + "\t" + ((value instanceof String) ? "" : XPathFuncExpr.toNumeric(value));
      } catch (Throwable problem) {
        answer = "ERR\t" + problem.getClass().getSimpleName() + ": "
            + String.valueOf(problem.getMessage()).replace('\n', ' ');
      }
      out.println(answer);
    }
  }
}
