<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>AnswerCard</name>
    <message>
        <source>Ask all books</source>
        <translation>向全部书籍提问</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy with citations (Ctrl+Shift+C)</source>
        <translation>连同引文一起复制 (Ctrl+Shift+C)</translation>
    </message>
    <message>
        <source>Copy as Markdown</source>
        <translation>复制为 Markdown</translation>
    </message>
    <message>
        <source>Copy as Markdown, with citations</source>
        <translation>连同引文复制为 Markdown</translation>
    </message>
    <message>
        <source>Being written. Each sentence is checked against your books before it counts.</source>
        <translation>回答正在生成。每一句都须与书库核对，之后才算数。</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>已停止。</translation>
    </message>
    <message>
        <source>Not checked</source>
        <translation>未经核对</translation>
    </message>
    <message>
        <source>What was written so far has not been checked against your library.</source>
        <translation>已写出的内容尚未与书库核对。</translation>
    </message>
    <message>
        <source>{first} {second}</source>
        <translation>{first}{second}</translation>
    </message>
    <message>
        <source>Underlined in dots: the model&apos;s general knowledge, which no passage in your library bears.</source>
        <translation>点线标出的内容是模型的常识，书库中没有段落可以佐证。</translation>
    </message>
    <message>
        <source>Not in your library</source>
        <translation>书库中没有答案</translation>
    </message>
    <message>
        <source>Not in the part that you asked</source>
        <translation>所问的范围中没有答案</translation>
    </message>
    <message>
        <source>No passage answers this question, so ByteBrain doesn&apos;t either.</source>
        <translation>没有段落能回答这个问题，因此 ByteBrain 不作回答。</translation>
    </message>
    <message>
        <source>Copy selection</source>
        <translation>复制所选内容</translation>
    </message>
    <message>
        <source>Copy answer with citations</source>
        <translation>复制回答和引文</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>全选</translation>
    </message>
</context>
<context>
    <name>AnswerText</name>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
</context>
<context>
    <name>App</name>
    <message>
        <source>Something went wrong in the window that should not have: {error}</source>
        <translation>窗口出现了不该发生的错误：{error}</translation>
    </message>
    <message>
        <source>You can go on; if it happens again, please report it.</source>
        <translation>可以继续使用；如果再次出现，请反馈给我们。</translation>
    </message>
</context>
<context>
    <name>ChatView</name>
    <message>
        <source>Searching your library…</source>
        <translation>正在搜索书库…</translation>
    </message>
    <message>
        <source>Show earlier questions ({count})</source>
        <translation>显示更早的问题（{count}）</translation>
    </message>
    <message>
        <source>Open a web page?</source>
        <translation>打开网页？</translation>
    </message>
    <message>
        <source>This link leaves ByteBrain and opens in your browser.</source>
        <translation>此链接将离开 ByteBrain，在浏览器中打开。</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
</context>
<context>
    <name>Choosing</name>
    <message>
        <source>Add to the library</source>
        <translation>添加到书库</translation>
    </message>
    <message>
        <source>Books and notes</source>
        <translation>教材和笔记</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有文件</translation>
    </message>
    <message>
        <source>Add a folder to the library</source>
        <translation>将文件夹添加到书库</translation>
    </message>
    <message>
        <source>Add a model file</source>
        <translation>添加模型文件</translation>
    </message>
</context>
<context>
    <name>CitationRow</name>
    <message>
        <source>Citation {number}: {place}</source>
        <translation>引文 {number}：{place}</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Ask your library…</source>
        <translation>向书库提问…</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>A question can have {most} characters; this text has {count}. Shorten it to ask.</source>
        <translation>问题最多 {most} 个字符，当前文本有 {count} 个。请缩短后再提问。</translation>
    </message>
    <message>
        <source>Stop the answer</source>
        <translation>停止回答</translation>
    </message>
    <message>
        <source>Ask (Enter)</source>
        <translation>提问 (Enter)</translation>
    </message>
</context>
<context>
    <name>ConversationsPanel</name>
    <message>
        <source>New conversation</source>
        <translation>新对话</translation>
    </message>
    <message>
        <source>New conversation (Ctrl+N)</source>
        <translation>新对话 (Ctrl+N)</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>What you ask is kept here.</source>
        <translation>提过的问题会保存在这里。</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Forget…</source>
        <translation>删除…</translation>
    </message>
</context>
<context>
    <name>Copying</name>
    <message>
        <source>[{number}] {place}: “{quote}”</source>
        <translation>[{number}] {place}：“{quote}”</translation>
    </message>
</context>
<context>
    <name>DocumentWriter</name>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy this code</source>
        <translation>复制这段代码</translation>
    </message>
    <message>
        <source>Citation {number}</source>
        <translation>引文 {number}</translation>
    </message>
    <message>
        <source>General knowledge of the model: no passage in your library bears this</source>
        <translation>模型的常识：书库中没有段落可以佐证</translation>
    </message>
</context>
<context>
    <name>EngineClient</name>
    <message>
        <source>The part of ByteBrain that reads and answers stopped unexpectedly and is being started again.</source>
        <translation>ByteBrain 负责阅读和回答的部分意外停止，正在重新启动。</translation>
    </message>
    <message>
        <source>Nothing in your library is lost. Ask again in a moment.</source>
        <translation>书库内容没有丢失，请稍后重新提问。</translation>
    </message>
    <message>
        <source>The window and the engine are of different versions.</source>
        <translation>窗口与引擎的版本不一致。</translation>
    </message>
    <message>
        <source>Install ByteBrain again.</source>
        <translation>请重新安装 ByteBrain。</translation>
    </message>
    <message>
        <source> The log file is {path}.</source>
        <translation>日志文件：{path}</translation>
    </message>
    <message>
        <source>The part of ByteBrain that reads and answers keeps stopping right after its start.</source>
        <translation>ByteBrain 负责阅读和回答的部分启动后总是立即停止。</translation>
    </message>
    <message>
        <source>Start it again; if that does not help, install ByteBrain again.</source>
        <translation>请重新启动它；如果仍然不行，请重新安装 ByteBrain。</translation>
    </message>
</context>
<context>
    <name>Exchange</name>
    <message>
        <source>Your question</source>
        <translation>你的问题</translation>
    </message>
</context>
<context>
    <name>Invitation</name>
    <message>
        <source>Your books are being read: {seen} of {total} pages seen so far. You can ask already.</source>
        <translation>正在阅读你的书，已读 {seen} 页，共 {total} 页。现在就可以提问。</translation>
    </message>
    <message>
        <source>Ask while it reads</source>
        <translation>边读边问</translation>
    </message>
    <message>
        <source>Every sentence of an answer shows the page that it comes from. Nothing leaves this computer.</source>
        <translation>回答中的每句话都标明出处页码。所有内容都不会离开这台电脑。</translation>
    </message>
    <message>
        <source>What would you like to understand?</source>
        <translation>想弄懂什么？</translation>
    </message>
    <message>
        <source>Drop a textbook anywhere on this window. Or try the sample book first:</source>
        <translation>将教材拖放到窗口任意位置，或先用英文示例书试一试：</translation>
    </message>
    <message>
        <source>Ask your textbooks</source>
        <translation>向教材提问</translation>
    </message>
    <message>
        <source>You can ask as soon as the first pages are read.</source>
        <translation>读完最初几页后即可提问。</translation>
    </message>
    <message>
        <source>Your library is being prepared</source>
        <translation>正在准备书库</translation>
    </message>
    <message>
        <source>Drop a textbook anywhere on this window, or press Ctrl+O to choose one.</source>
        <translation>将教材拖放到窗口任意位置，或按 Ctrl+O 选择。</translation>
    </message>
    <message>
        <source>Your library is empty</source>
        <translation>书库还是空的</translation>
    </message>
</context>
<context>
    <name>LibraryFlow</name>
    <message>
        <source>These files are already in your library.</source>
        <translation>这些文件已在书库中。</translation>
    </message>
    <message>
        <source>This file is already in your library.</source>
        <translation>该文件已在书库中。</translation>
    </message>
    <message>
        <source>You can ask about it right away.</source>
        <translation>现在就可以提问。</translation>
    </message>
    <message>
        <source>The original file is no longer there.</source>
        <translation>原文件已不在原处。</translation>
    </message>
    <message>
        <source>Add the book again from where it is now.</source>
        <translation>请从现在的位置重新添加这本书。</translation>
    </message>
    <message>
        <source>No program on this computer opens this file.</source>
        <translation>这台电脑上没有能打开该文件的程序。</translation>
    </message>
    <message>
        <source>The file is {path}.</source>
        <translation>文件位置：{path}</translation>
    </message>
</context>
<context>
    <name>LibraryModel</name>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>It could not be read.</source>
        <translation>无法读取。</translation>
    </message>
    <message>
        <source>{pages} · searchable by words, unfinished</source>
        <translation>{pages} · 可按关键词搜索，尚未完成</translation>
    </message>
    <message>
        <source>{pages} · searchable, meaning follows</source>
        <translation>{pages} · 可搜索，语义索引稍后完成</translation>
    </message>
    <message>
        <source>Stopped after {done} of {total} pages</source>
        <translation>已停止：读了 {done} 页，共 {total} 页</translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation>正在打开…</translation>
    </message>
    <message>
        <source>Reading · {pages}</source>
        <translation>正在阅读 · {pages}</translation>
    </message>
    <message>
        <source>Reading page {done} of {total}</source>
        <translation>正在阅读第 {done} 页，共 {total} 页</translation>
    </message>
    <message>
        <source>{speed} pages/s</source>
        <translation>{speed} 页/秒</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent}%</translation>
    </message>
    <message>
        <source>Searchable · meaning {share}</source>
        <translation>可搜索 · 语义索引 {share}</translation>
    </message>
    <message>
        <source>{speed} passages/s</source>
        <translation>{speed} 段/秒</translation>
    </message>
    <message>
        <source>{seconds} s left</source>
        <translation>剩余 {seconds} 秒</translation>
    </message>
    <message>
        <source>{minutes} min left</source>
        <translation>剩余 {minutes} 分钟</translation>
    </message>
    <message>
        <source>{hours} h left</source>
        <translation>剩余 {hours} 小时</translation>
    </message>
    <message>
        <source>Sample · {pages} pages</source>
        <translation>示例 · {pages} 页</translation>
    </message>
    <message>
        <source>1 page</source>
        <translation>1 页</translation>
    </message>
    <message>
        <source>{pages} pages</source>
        <translation>{pages} 页</translation>
    </message>
    <message>
        <source>1 passage</source>
        <translation>1 个段落</translation>
    </message>
    <message>
        <source>{chunks} passages</source>
        <translation>{chunks} 个段落</translation>
    </message>
</context>
<context>
    <name>LibraryPanel</name>
    <message>
        <source>Library</source>
        <translation>书库</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Add books (Ctrl+O)</source>
        <translation>添加书籍 (Ctrl+O)</translation>
    </message>
    <message>
        <source>Add to the library</source>
        <translation>添加到书库</translation>
    </message>
    <message>
        <source>Add files…</source>
        <translation>添加文件…</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>添加文件夹…</translation>
    </message>
    <message>
        <source>Drop your textbooks here</source>
        <translation>将教材拖放到这里</translation>
    </message>
    <message>
        <source>PDF, Markdown or text; folders too</source>
        <translation>支持 PDF、Markdown、纯文本和文件夹</translation>
    </message>
    <message>
        <source>Ask only this book</source>
        <translation>只问这本书</translation>
    </message>
    <message>
        <source>Open the original</source>
        <translation>打开原文件</translation>
    </message>
    <message>
        <source>Go on reading</source>
        <translation>继续阅读</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Stop reading…</source>
        <translation>停止阅读…</translation>
    </message>
    <message>
        <source>Remove from the library…</source>
        <translation>从书库移除…</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>{seen} of {total} pages seen</source>
        <translation>已读 {seen} / {total} 页</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Drop books to add them to your library</source>
        <translation>松开即可添加到书库</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>重新启动</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>Remove “{title}” from the library?</source>
        <translation>从书库移除“{title}”？</translation>
    </message>
    <message>
        <source>Your own file stays where it is.</source>
        <translation>你的原文件不受影响。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Forget this conversation?</source>
        <translation>删除这个对话？</translation>
    </message>
    <message>
        <source>It can&apos;t be brought back.</source>
        <translation>删除后无法恢复。</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>ByteBrain changes its language at its next start.</source>
        <translation>界面语言将在下次启动时更改。</translation>
    </message>
    <message>
        <source>Close and open it whenever it suits you.</source>
        <translation>方便时重新打开 ByteBrain 即可。</translation>
    </message>
    <message>
        <source>The language could not be kept.</source>
        <translation>无法保存语言设置。</translation>
    </message>
    <message>
        <source>Make sure that {folder} can be written.</source>
        <translation>请确认 {folder} 可以写入。</translation>
    </message>
    <message>
        <source>Ask your textbooks</source>
        <translation>向教材提问</translation>
    </message>
    <message>
        <source>Drop a textbook anywhere on this window.</source>
        <translation>将教材拖放到窗口任意位置。</translation>
    </message>
</context>
<context>
    <name>ModelCard</name>
    <message>
        <source>Finds passages by meaning</source>
        <translation>按语义查找段落</translation>
    </message>
    <message>
        <source>Answers now</source>
        <translation>正在使用</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>Answer with {model}</source>
        <translation>用 {model} 回答</translation>
    </message>
    <message>
        <source>{count} M parameters</source>
        <translation>{count}M 参数</translation>
    </message>
    <message>
        <source>{count} tokens of context</source>
        <translation>上下文 {count} 词元</translation>
    </message>
    <message>
        <source>English</source>
        <translation>英语</translation>
    </message>
    <message>
        <source>Chinese</source>
        <translation>中文</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>came with ByteBrain</source>
        <translation>ByteBrain 自带</translation>
    </message>
    <message>
        <source>added by you</source>
        <translation>自行添加</translation>
    </message>
</context>
<context>
    <name>ModelsDialog</name>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>You can also drop a .gguf file anywhere on the window.</source>
        <translation>也可以将 .gguf 文件拖放到窗口任意位置。</translation>
    </message>
    <message>
        <source>Add a model file…</source>
        <translation>添加模型文件…</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
</context>
<context>
    <name>ModelsFlow</name>
    <message>
        <source>{model} is on the shelf.</source>
        <translation>{model} 已加入模型列表。</translation>
    </message>
    <message>
        <source>It can answer from now on if you like.</source>
        <translation>可以从现在起用它回答。</translation>
    </message>
</context>
<context>
    <name>NoticeBar</name>
    <message>
        <source>Dismiss</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Dismiss this notice</source>
        <translation>关闭此通知</translation>
    </message>
</context>
<context>
    <name>PageCanvas</name>
    <message>
        <source>Page</source>
        <translation>页面</translation>
    </message>
</context>
<context>
    <name>PageFlow</name>
    <message>
        <source>This document is no longer in your library.</source>
        <translation>该文档已不在书库中。</translation>
    </message>
    <message>
        <source>Add it again to open its pages.</source>
        <translation>重新添加后即可打开其页面。</translation>
    </message>
</context>
<context>
    <name>PagePicture</name>
    <message>
        <source>its measures make no sense</source>
        <translation>尺寸不合理</translation>
    </message>
    <message>
        <source>its scale makes no sense</source>
        <translation>缩放比例不合理</translation>
    </message>
    <message>
        <source>The picture of this page is not there any more.</source>
        <translation>本页的图像已不存在。</translation>
    </message>
    <message>
        <source>Open the citation again.</source>
        <translation>请重新打开引文。</translation>
    </message>
    <message>
        <source>its file has another length</source>
        <translation>文件长度不符</translation>
    </message>
    <message>
        <source>its contents have changed</source>
        <translation>内容已改变</translation>
    </message>
    <message>
        <source>The picture of this page can&apos;t be shown: {reason}.</source>
        <translation>无法显示本页的图像：{reason}。</translation>
    </message>
</context>
<context>
    <name>PageView</name>
    <message>
        <source>Previous page (Left)</source>
        <translation>上一页 (←)</translation>
    </message>
    <message>
        <source>Next page (Right)</source>
        <translation>下一页 (→)</translation>
    </message>
    <message>
        <source>Smaller (−)</source>
        <translation>缩小 (−)</translation>
    </message>
    <message>
        <source>Larger (+)</source>
        <translation>放大 (+)</translation>
    </message>
    <message>
        <source>Fit the width (0)</source>
        <translation>适合宽度 (0)</translation>
    </message>
    <message>
        <source>Open the original file</source>
        <translation>打开原文件</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>关闭 (Esc)</translation>
    </message>
    <message>
        <source>Opening the page…</source>
        <translation>正在打开页面…</translation>
    </message>
    <message>
        <source>Opening the text…</source>
        <translation>正在打开文本…</translation>
    </message>
    <message>
        <source>Highlighted: {quote}</source>
        <translation>高亮内容：{quote}</translation>
    </message>
</context>
<context>
    <name>PartText</name>
    <message>
        <source>Text of the document</source>
        <translation>文档正文</translation>
    </message>
</context>
<context>
    <name>QuestionFlow</name>
    <message>
        <source>Loading {model}…</source>
        <translation>正在加载 {model}…</translation>
    </message>
    <message>
        <source>Reading the passages…</source>
        <translation>正在阅读段落…</translation>
    </message>
</context>
<context>
    <name>ScopePicker</name>
    <message>
        <source>What the question is asked of</source>
        <translation>提问范围</translation>
    </message>
    <message>
        <source>All books</source>
        <translation>全部书籍</translation>
    </message>
    <message>
        <source>Ask of: {what}</source>
        <translation>提问范围：{what}</translation>
    </message>
</context>
<context>
    <name>ScopePopover</name>
    <message>
        <source>Find a book or a chapter</source>
        <translation>查找书籍或章节</translation>
    </message>
    <message>
        <source>Ask of</source>
        <translation>提问范围</translation>
    </message>
    <message>
        <source>No match</source>
        <translation>没有匹配项</translation>
    </message>
    <message>
        <source>All books</source>
        <translation>全部书籍</translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message>
        <source>Light or dark, and language</source>
        <translation>外观和语言</translation>
    </message>
    <message>
        <source>Like the system</source>
        <translation>跟随系统外观</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Language of the system</source>
        <translation>跟随系统语言</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>正在启动…</translation>
    </message>
    <message>
        <source>Starting again…</source>
        <translation>正在重新启动…</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>No model: answers are quotes</source>
        <translation>无模型：以原文作答</translation>
    </message>
    <message>
        <source>Model unusable: answers are quotes</source>
        <translation>模型不可用：以原文作答</translation>
    </message>
    <message>
        <source>Searching by words for now</source>
        <translation>目前按关键词搜索</translation>
    </message>
    <message>
        <source>Loading {model}…</source>
        <translation>正在加载 {model}…</translation>
    </message>
    <message>
        <source>the model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Reading only</source>
        <translation>只读</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>Models. {state}</source>
        <translation>模型：{state}</translation>
    </message>
</context>
<context>
    <name>SourceChips</name>
    <message>
        <source>Source: {label}</source>
        <translation>来源：{label}</translation>
    </message>
</context>
<context>
    <name>Stopping</name>
    <message>
        <source>Stop reading “{title}”?</source>
        <translation>停止阅读“{title}”？</translation>
    </message>
    <message>
        <source>Stop reading</source>
        <translation>停止阅读</translation>
    </message>
    <message>
        <source>Books that were added with it and are not read to their ends yet are stopped too.</source>
        <translation>与它一同添加、尚未读完的书籍也会停止阅读。</translation>
    </message>
    <message>
        <source>All of it can be searched by words already, and that stays. Only search by meaning is left unfinished.</source>
        <translation>全书已可按关键词搜索，停止后依然可以；只有语义索引尚未完成。</translation>
    </message>
    <message>
        <source>Nothing of it is read yet. It leaves your library again.</source>
        <translation>尚未开始阅读，停止后将从书库中移除。</translation>
    </message>
    <message>
        <source>{done} of {total} pages are read and can be searched already. Stopping throws them away, and the book leaves the library.</source>
        <translation>已读 {done} 页，共 {total} 页，这些页面已可搜索。停止后它们将会丢失，该书也将从书库中移除。</translation>
    </message>
</context>
<context>
    <name>Transcript</name>
    <message>
        <source>Go to the latest answer</source>
        <translation>转到最新回答</translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message>
        <source>page {page}</source>
        <translation>第 {page} 页</translation>
    </message>
    <message>
        <source>p. {label}</source>
        <translation>第 {label} 页</translation>
    </message>
    <message>
        <source>slide {first}</source>
        <translation>第 {first} 张幻灯片</translation>
    </message>
    <message>
        <source>slides {first}–{last}</source>
        <translation>第 {first}–{last} 张幻灯片</translation>
    </message>
    <message>
        <source>section {first}</source>
        <translation>第 {first} 节</translation>
    </message>
    <message>
        <source>sections {first}–{last}</source>
        <translation>第 {first}–{last} 节</translation>
    </message>
    <message>
        <source>cell {first}</source>
        <translation>第 {first} 个单元格</translation>
    </message>
    <message>
        <source>cells {first}–{last}</source>
        <translation>第 {first}–{last} 个单元格</translation>
    </message>
    <message>
        <source>line {first}</source>
        <translation>第 {first} 行</translation>
    </message>
    <message>
        <source>lines {first}–{last}</source>
        <translation>第 {first}–{last} 行</translation>
    </message>
    <message>
        <source>PDF page {page}</source>
        <translation>PDF 第 {page} 页</translation>
    </message>
    <message>
        <source>{title}, {place}</source>
        <translation>{title}，{place}</translation>
    </message>
    <message>
        <source>{count} passage</source>
        <translation>{count} 个段落</translation>
    </message>
    <message>
        <source>{count} passages</source>
        <translation>{count} 个段落</translation>
    </message>
    <message>
        <source>{count} document</source>
        <translation>{count} 份文档</translation>
    </message>
    <message>
        <source>{count} documents</source>
        <translation>{count} 份文档</translation>
    </message>
    <message>
        <source>{count} token</source>
        <translation>{count} 个词元</translation>
    </message>
    <message>
        <source>{count} tokens</source>
        <translation>{count} 个词元</translation>
    </message>
    <message>
        <source>No passage found</source>
        <translation>没有找到相关段落</translation>
    </message>
    <message>
        <source>Reading {passages} from {documents}</source>
        <translation>正在阅读 {documents}中的 {passages}</translation>
    </message>
    <message>
        <source>Read {passages} from {documents}</source>
        <translation>已阅读 {documents}中的 {passages}</translation>
    </message>
    <message>
        <source>Nearest: {passages} from {documents}</source>
        <translation>最接近的内容：{documents}中的 {passages}</translation>
    </message>
    <message>
        <source>{sentence}; {seen} of {total} pages could be searched when you asked</source>
        <translation>{sentence}；提问时可搜索 {seen} / {total} 页</translation>
    </message>
    <message>
        <source>1 sentence was left out because no passage bears it</source>
        <translation>1 句话因没有段落佐证而略去</translation>
    </message>
    <message>
        <source>{count} sentences were left out because no passage bears them</source>
        <translation>{count} 句话因没有段落佐证而略去</translation>
    </message>
    <message>
        <source>Quoted from your library</source>
        <translation>摘自你的书库</translation>
    </message>
    <message>
        <source>{seconds} s to the first word</source>
        <translation>{seconds} 秒后开始作答</translation>
    </message>
    <message>
        <source>found in {seconds} s</source>
        <translation>检索用时 {seconds} 秒</translation>
    </message>
    <message>
        <source>{tokens} at {speed}/s</source>
        <translation>{tokens}，每秒 {speed} 个</translation>
    </message>
</context>
</TS>
