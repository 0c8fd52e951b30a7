"""Questions that most libraries can't answer: what a calibration takes for "not in here".

Written for this purpose, from many fields, so that no library is about more than a few of them; a question whose words a library does hold together
is left out for that library (`engine.calibrating.samples`). General knowledge and everyday matters stand beside other branches of science,
engineering and computing, because a question from a neighbouring field is the one that is easily taken for one's own.
"""

from __future__ import annotations

ENGLISH = """\
What is the capital of Australia?
Who painted the Mona Lisa?
How many players are on a volleyball team?
When did the Berlin Wall fall?
How do I make pancakes without eggs?
What is the boiling point of ethanol?
Explain the offside rule in football.
Who wrote Pride and Prejudice?
How long should I boil a soft egg?
What causes the northern lights?
Which river flows through Cairo?
Can you recommend a good restaurant in Lisbon?
How do vaccines work?
What is the difference between jam and marmalade?
Why is the sky blue at noon and red at sunset?
What did the Treaty of Versailles demand of Germany?
Who won the football world cup in 1998?
How do I remove red wine from a white carpet?
What is photosynthesis?
How does the human kidney filter blood?
What are the symptoms of appendicitis?
How is cheddar cheese made?
Explain plate tectonics.
What is the French word for umbrella?
How do bees make honey?
What is a leap year?
Tell me about the life of Cleopatra.
When should I plant tomatoes in a cold climate?
How does a jet engine produce thrust?
What is the Krebs cycle?
Who was the first woman in space?
How many strings does a cello have?
What is the plot of Hamlet?
What is inflation targeting by a central bank?
Explain the difference between civil law and common law.
What is double-entry bookkeeping?
How do I apply for a student visa?
What is the statute of limitations for fraud?
Explain comparative advantage in international trade.
How do mortgages with a variable rate work?
What is the placebo effect?
Explain classical conditioning.
What did Kant mean by the categorical imperative?
Who founded Buddhism?
What is an electron shell?
Explain Le Chatelier's principle.
How is ammonia produced industrially?
What is the difference between ionic and covalent bonds?
What is titration?
How does nuclear magnetic resonance spectroscopy work?
What is the half-life of carbon-14?
State the second law of thermodynamics.
What is the Doppler effect?
How do superconductors expel magnetic fields?
What is the photoelectric effect?
Explain the uncertainty principle.
What is the moment of inertia of a solid sphere?
How do gyroscopes keep their direction?
What is Bernoulli's equation good for?
Why do bridges have expansion joints?
What is reinforced concrete?
Explain the Otto cycle of a petrol engine.
What does a planetary gearbox do?
How do I choose the diameter of a bolt?
What is laminar and turbulent flow?
Explain how a heat pump warms a house.
What is the yield strength of structural steel?
How does a buck converter lower a voltage?
What is the difference between a diode and a thyristor?
How do operational amplifiers work?
Explain the Nyquist sampling theorem.
What is a Butterworth filter?
How does a three-phase induction motor start?
What is the skin effect in conductors?
Explain phase-shift keying.
How does radar measure distance?
What is mitosis?
How do enzymes lower activation energy?
Explain the lac operon.
What is the difference between DNA and RNA?
How does natural selection lead to new species?
What is a keystone species?
How do antibiotics kill bacteria?
What is the function of the hippocampus?
Explain the sodium-potassium pump.
How does insulin regulate blood sugar?
What is the tibia?
How do glaciers shape valleys?
What is a monsoon?
What are igneous rocks?
How do tsunamis form?
What is a black hole's event horizon?
How far away is Alpha Centauri?
What is the Hubble constant?
What is a Fourier transform used for?
State the fundamental theorem of calculus.
What is a Hilbert space?
Explain the central limit theorem.
What is a p-value?
How do I integrate by parts?
What is Bayes' theorem?
What is an eigenvector?
Explain the Cauchy-Riemann equations.
What is a Sylow subgroup?
What is the Laplace transform of a step function?
Explain analysis of variance.
How does backpropagation train a neural network?
What is a convolutional layer?
Explain gradient boosting.
What is dropout regularisation?
How does a support vector machine choose its margin?
What is the attention mechanism in transformers?
What is a generative adversarial network?
How does k-means clustering start?
What is third normal form?
How do I write a left outer join in SQL?
Explain two-phase commit in distributed databases.
What is a foreign key constraint?
What is the CAP theorem?
How does the Raft consensus protocol elect a leader?
What is a Bloom filter?
How does TCP congestion control work?
What is a subnet mask?
Explain BGP route reflection.
How does DNS resolve a name?
What is a VLAN trunk?
How does RSA encryption work?
What is a zero-knowledge proof?
Explain the Diffie-Hellman key exchange.
What is a rainbow table attack?
How do I set up SSH keys for GitHub?
What is ray marching?
Explain Phong shading.
How does a z-buffer hide surfaces?
What is anti-aliasing in computer graphics?
What is a Kubernetes ingress controller?
How do I write a Dockerfile for a Node.js service?
What are React hooks?
How do I centre a div with CSS flexbox?
What is a monad in Haskell?
Explain lifetimes in Rust.
How do goroutines differ from threads?
What is the Java memory model?
How do I use smart pointers in C++?
What is a vtable?
Explain LALR parsing.
What is register allocation by graph colouring?
What is static single assignment form?
How does just-in-time compilation work?
What is the halting problem?
Explain the pumping lemma for regular languages.
What is a Turing machine?
What is NP-completeness?
How does a page fault get handled?
What is copy-on-write?
Explain journaling in a file system.
What is priority inversion?
How does a branch predictor work?
What is cache coherence with the MESI protocol?
Explain Tomasulo's algorithm.
What is a RAID 5 array?
How does a red-black tree stay balanced?
What is Dijkstra's shortest path algorithm?
Explain the simplex method in linear programming.
What is dynamic programming?
How does PageRank order web pages?
What is a blockchain fork?
How do quantum computers factor numbers?
What is technical debt?
Explain scrum sprints.
What is continuous integration?
How should I write a cover letter?
What is the best way to learn the guitar?
How many calories does a banana have?
Who invented the telephone?
What is the population of Brazil?
How do I change a flat bicycle tyre?
What should I wear to a wedding in summer?
What is the exchange rate of the euro today?
What will the weather be like tomorrow?
How do I train a puppy not to bite?
Which wine goes with salmon?
mitochondria
the French Revolution
chocolate chip cookie recipe
stock options and dividends
Gothic cathedrals
opening moves of the Sicilian Defence
transistor biasing
osmosis through a membrane
Ottoman Empire
tax return for freelancers
"""

CHINESE = """\
澳大利亚的首都是哪里？
蒙娜丽莎是谁画的？
怎么做西红柿炒鸡蛋？
柏林墙是什么时候倒塌的？
《红楼梦》的作者是谁？
排球队有几名队员？
什么是光合作用？
疫苗是怎么起作用的？
请解释足球的越位规则。
红烧肉要炖多久？
端午节为什么要吃粽子？
长江发源于哪里？
秦始皇统一六国用了多少年？
北极光是怎么形成的？
怎样去除衣服上的油渍？
感冒了应该吃什么药？
阑尾炎有哪些症状？
什么是通货膨胀？
如何申请护照？
房贷利率怎么计算？
民法和刑法有什么区别？
什么是巴甫洛夫的条件反射？
孔子的主要思想是什么？
佛教是谁创立的？
离子键和共价键有什么区别？
什么是酸碱滴定？
工业上怎样合成氨？
热力学第二定律的内容是什么？
多普勒效应是什么？
什么是光电效应？
解释一下不确定性原理。
喷气发动机如何产生推力？
什么是钢筋混凝土？
行星齿轮有什么作用？
伯努利方程有什么用？
三相异步电动机怎样启动？
运算放大器的工作原理是什么？
什么是奈奎斯特采样定理？
雷达怎样测量距离？
有丝分裂分哪几个时期？
酶为什么能降低活化能？
抗生素怎样杀死细菌？
胰岛素如何调节血糖？
冰川怎样塑造山谷？
什么是季风？
海啸是怎样形成的？
黑洞的事件视界是什么？
傅里叶变换有什么用途？
什么是希尔伯特空间？
解释中心极限定理。
什么是特征向量？
怎样用分部积分法？
反向传播怎样训练神经网络？
什么是卷积层？
什么是注意力机制？
支持向量机如何选择间隔？
数据库第三范式是什么？
什么是外键约束？
分布式系统的两阶段提交是什么？
拥塞控制是如何工作的？
什么是子网掩码？
域名系统怎样解析域名？
公钥加密的原理是什么？
什么是零知识证明？
什么是光线追踪？
怎样用样式表让元素居中？
什么是智能指针？
什么是即时编译？
停机问题是什么？
图灵机由哪些部分组成？
缺页中断如何处理？
什么是写时复制？
缓存一致性协议有哪些？
红黑树怎样保持平衡？
什么是最短路径算法？
单纯形法怎样求解线性规划？
什么是区块链？
量子计算机如何分解大数？
怎样学好吉他？
香蕉有多少卡路里？
电话是谁发明的？
明天天气怎么样？
怎样训练小狗不咬人？
推荐一家上海的餐馆。
奥斯曼帝国
法国大革命
国际象棋开局
"""

QUESTIONS: tuple[str, ...] = (*ENGLISH.splitlines(), *CHINESE.splitlines())
