// XP: what JavaRosa makes of one XPath expression a line: type, string, boolean, number, parted by tabs; or ERR and a
// reason.

import java.io.*;
import java.nio.charset.StandardCharsets;
import org.javarosa.core.model.condition.EvaluationContext;
import org.javarosa.xpath.XPathParseTool;
import org.javarosa.xpath.expr.XPathFuncExpr;

public final class XP {
  public static void main(String[] arguments) throws IOException {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    for (String line; (line = in.readLine()) != null; ) out.println(evaluate(line));
  }

  private static String evaluate(String expression) {
    try {
      Object value = XPathFuncExpr.unpack(XPathParseTool.parseXPath(expression).eval(null, new EvaluationContext(null)));
      String number = value instanceof String ? "" : XPathFuncExpr.toNumeric(value).toString();
      return value.getClass().getSimpleName() + "\t" + XPathFuncExpr.toString(value) + "\t" + XPathFuncExpr.toBoolean(value) + "\t" + number;
    } catch (Throwable fault) {
      return "ERR\t" + fault.getClass().getSimpleName() + ": " + String.valueOf(fault.getMessage()).replace('\n', ' ');
    }
  }
}
